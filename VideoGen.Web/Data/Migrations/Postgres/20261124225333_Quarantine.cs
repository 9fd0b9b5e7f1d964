using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VideoGen.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Quarantine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "CK_Jobs_FailureKind",
                table: "Jobs");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "CrashedAt",
                table: "Jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Crashes",
                table: "Jobs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddCheckConstraint(
                name: "CK_Jobs_FailureKind",
                table: "Jobs",
                sql: "\"FailureKind\" IS NULL OR \"FailureKind\" IN ('InputRefused', 'Moderated', 'Quota', 'RateLimited', 'Credentials', 'ProviderDown', 'RetiredModel', 'LostAtProvider', 'TimedOut', 'BadMedia', 'Storage', 'Unconfirmed', 'Quarantined', 'ProviderError')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "CK_Jobs_FailureKind",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "CrashedAt",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "Crashes",
                table: "Jobs");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Jobs_FailureKind",
                table: "Jobs",
                sql: "\"FailureKind\" IS NULL OR \"FailureKind\" IN ('InputRefused', 'Moderated', 'Quota', 'RateLimited', 'Credentials', 'ProviderDown', 'RetiredModel', 'LostAtProvider', 'TimedOut', 'BadMedia', 'Storage', 'Unconfirmed', 'ProviderError')");
        }
    }
}
