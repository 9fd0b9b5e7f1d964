using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VideoGen.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RecoveryAuditRepair : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "EmptyLookCountsFrom",
                table: "SubmissionAttempts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "AskedAt",
                table: "Jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "UnknownCountsFrom",
                table: "Jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ResetAt",
                table: "Jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ActorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Action = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    TargetKind = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    TargetId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    Outcome = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RepairFindings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 256, nullable: false),
                    JobId = table.Column<Guid>(type: "TEXT", nullable: true),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Sentence = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    FirstSeenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastSeenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    MendedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RepairFindings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RepairScans",
                columns: table => new
                {
                    Scan = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Cursor = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    RoundStartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    RoundEndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RanAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Looked = table.Column<int>(type: "INTEGER", nullable: false),
                    Trouble = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RepairScans", x => x.Scan);
                });

            migrationBuilder.CreateTable(
                name: "RepairTurns",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Holder = table.Column<string>(type: "TEXT", maxLength: 128, nullable: true),
                    HeldUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RepairTurns", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "RepairTurns",
                columns: new[] { "Id", "EndedAt", "HeldUntil", "Holder", "StartedAt" },
                values: new object[] { 1, null, null, null, null });

            migrationBuilder.AddCheckConstraint(
                name: "CK_Jobs_Reset",
                table: "Jobs",
                sql: "(\"ResetAt\" IS NULL OR (\"Status\" = 'Cancelled' AND \"ProviderJobId\" IS NULL AND \"SubmittedAt\" IS NULL))");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_At",
                table: "AuditEntries",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_TargetKind_TargetId_At",
                table: "AuditEntries",
                columns: new[] { "TargetKind", "TargetId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairFindings_ClosedAt_FirstSeenAt",
                table: "RepairFindings",
                columns: new[] { "ClosedAt", "FirstSeenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairFindings_Kind_Subject",
                table: "RepairFindings",
                columns: new[] { "Kind", "Subject" },
                unique: true);

            // What is written stays as it is, whoever asks.
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_AuditEntries_NoUpdate" BEFORE UPDATE ON "AuditEntries"
                BEGIN SELECT RAISE(ABORT, 'Entries of the audit log are never changed.'); END;
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_AuditEntries_NoDelete" BEFORE DELETE ON "AuditEntries"
                BEGIN SELECT RAISE(ABORT, 'Entries of the audit log are never removed.'); END;
                """);

            // INSERT OR REPLACE removes what stands in its way without firing the trigger above.
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_AuditEntries_NoReplace" BEFORE INSERT ON "AuditEntries"
                WHEN EXISTS (SELECT 1 FROM "AuditEntries" WHERE "Id" = NEW."Id" OR rowid = NEW.rowid)
                BEGIN SELECT RAISE(ABORT, 'Entries of the audit log are never replaced.'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AuditEntries");

            migrationBuilder.DropTable(
                name: "RepairFindings");

            migrationBuilder.DropTable(
                name: "RepairScans");

            migrationBuilder.DropTable(
                name: "RepairTurns");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Jobs_Reset",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "EmptyLookCountsFrom",
                table: "SubmissionAttempts");

            migrationBuilder.DropColumn(
                name: "AskedAt",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "UnknownCountsFrom",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "ResetAt",
                table: "Jobs");
        }
    }
}
