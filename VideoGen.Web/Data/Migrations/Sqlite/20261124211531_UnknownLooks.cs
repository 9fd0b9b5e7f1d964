using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace VideoGen.Web.Data.Migrations.Sqlite
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
                type: "INTEGER",
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
