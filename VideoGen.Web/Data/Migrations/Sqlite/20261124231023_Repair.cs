using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VideoGen.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Repair : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "IX_RepairFindings_ClosedAt_FirstSeenAt",
                table: "RepairFindings",
                columns: new[] { "ClosedAt", "FirstSeenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_RepairFindings_Kind_Subject",
                table: "RepairFindings",
                columns: new[] { "Kind", "Subject" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RepairFindings");

            migrationBuilder.DropTable(
                name: "RepairScans");

            migrationBuilder.DropTable(
                name: "RepairTurns");
        }
    }
}
