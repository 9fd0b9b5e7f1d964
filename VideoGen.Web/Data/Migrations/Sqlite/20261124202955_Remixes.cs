using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VideoGen.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Remixes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "RemixOfJobId",
                table: "Jobs",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RemixOfProviderJobId",
                table: "Jobs",
                type: "TEXT",
                maxLength: 512,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Jobs_RemixOfJobId",
                table: "Jobs",
                column: "RemixOfJobId");

            migrationBuilder.AddCheckConstraint(
                name: "CK_Jobs_Remix",
                table: "Jobs",
                sql: "(\"RemixOfProviderJobId\" IS NOT NULL OR \"RemixOfJobId\" IS NULL) AND (\"RemixOfProviderJobId\" IS NULL OR \"ReferenceImageKey\" IS NULL)");

            migrationBuilder.AddForeignKey(
                name: "FK_Jobs_Jobs_RemixOfJobId",
                table: "Jobs",
                column: "RemixOfJobId",
                principalTable: "Jobs",
                principalColumn: "Id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Jobs_Jobs_RemixOfJobId",
                table: "Jobs");

            migrationBuilder.DropIndex(
                name: "IX_Jobs_RemixOfJobId",
                table: "Jobs");

            migrationBuilder.DropCheckConstraint(
                name: "CK_Jobs_Remix",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "RemixOfJobId",
                table: "Jobs");

            migrationBuilder.DropColumn(
                name: "RemixOfProviderJobId",
                table: "Jobs");
        }
    }
}
