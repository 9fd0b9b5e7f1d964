using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VideoGen.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RecoveryAuditRepair : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "EmptyLookCountsFrom",
                table: "SubmissionAttempts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "AskedAt",
                table: "Jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "UnknownCountsFrom",
                table: "Jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ResetAt",
                table: "Jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AuditEntries",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ActorId = table.Column<Guid>(type: "uuid", nullable: false),
                    Action = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    TargetKind = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    TargetId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Outcome = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEntries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RepairFindings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Subject = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    JobId = table.Column<Guid>(type: "uuid", nullable: true),
                    OwnerId = table.Column<Guid>(type: "uuid", nullable: true),
                    Sentence = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    FirstSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    LastSeenAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    MendedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ClosedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RepairFindings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RepairScans",
                columns: table => new
                {
                    Scan = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Cursor = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    RoundStartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    RoundEndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    RanAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    Looked = table.Column<int>(type: "integer", nullable: false),
                    Trouble = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RepairScans", x => x.Scan);
                });

            migrationBuilder.CreateTable(
                name: "RepairTurns",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Holder = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    HeldUntil = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    StartedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    EndedAt = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                CREATE FUNCTION "RefuseAuditChange"() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'Entries of the audit log are never changed or removed.'; END $$;
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_AuditEntries_NoChange" BEFORE UPDATE OR DELETE ON "AuditEntries"
                FOR EACH ROW EXECUTE FUNCTION "RefuseAuditChange"();
                """);
            migrationBuilder.Sql(
                """
                CREATE TRIGGER "TR_AuditEntries_NoTruncate" BEFORE TRUNCATE ON "AuditEntries"
                FOR EACH STATEMENT EXECUTE FUNCTION "RefuseAuditChange"();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AuditEntries");

            migrationBuilder.Sql("""DROP FUNCTION "RefuseAuditChange"();""");

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
