using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ordering.Api.Migrations
{
    /// <inheritdoc />
    public partial class DropInboxIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_inbox_handled_at",
                schema: "messaging",
                table: "inbox");

            migrationBuilder.DropIndex(
                name: "ix_handled_versions_handled_at",
                schema: "messaging",
                table: "handled_versions");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_inbox_handled_at",
                schema: "messaging",
                table: "inbox",
                column: "handled_at");

            migrationBuilder.CreateIndex(
                name: "ix_handled_versions_handled_at",
                schema: "messaging",
                table: "handled_versions",
                column: "handled_at");
        }
    }
}
