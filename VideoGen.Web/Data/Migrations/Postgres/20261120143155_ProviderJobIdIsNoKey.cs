using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VideoGen.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ProviderJobIdIsNoKey : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Jobs_ProviderId_ProviderJobId",
                table: "Jobs");

            migrationBuilder.CreateIndex(
                name: "IX_Jobs_ProviderId_ProviderJobId",
                table: "Jobs",
                columns: new[] { "ProviderId", "ProviderJobId" },
                unique: true,
                filter: "\"ProviderJobId\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Jobs_ProviderId_ProviderJobId",
                table: "Jobs");

            migrationBuilder.CreateIndex(
                name: "IX_Jobs_ProviderId_ProviderJobId",
                table: "Jobs",
                columns: new[] { "ProviderId", "ProviderJobId" },
                unique: true);
        }
    }
}
