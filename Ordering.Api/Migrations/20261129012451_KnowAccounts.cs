using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ordering.Api.Migrations
{
    /// <inheritdoc />
    public partial class KnowAccounts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "is_registered",
                table: "buyers",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            // Before, guests and accounts were stored alike. WebApp makes ids of version 7 for accounts and of version 4 for guests.
            migrationBuilder.Sql("update buyers set is_registered = true where substr(id::text, 15, 1) = '7'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "is_registered",
                table: "buyers");
        }
    }
}
