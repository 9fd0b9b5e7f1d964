using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VideoGen.Web.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class UnknownLooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "UnknownLooks",
                table: "Jobs",
                type: "integer",
                nullable: false,
                defaultValue: 0);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "UnknownLooks",
                table: "Jobs");
        }
    }
}
