using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Catalog.Api.Migrations
{
    /// <inheritdoc />
    public partial class SpellingIdsAndHolds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_products_search_words",
                table: "products");

            migrationBuilder.DropColumn(
                name: "search_words",
                table: "products");

            migrationBuilder.AlterDatabase()
                .OldAnnotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.AlterSequence(
                name: "product_ids",
                maxValue: 1000000000L);

            migrationBuilder.CreateIndex(
                name: "ix_holds_closed",
                table: "holds",
                column: "expires_at",
                filter: "status not in ('Held', 'Paid')");

            migrationBuilder.Sql(ProductIdFunctions.Create);
            migrationBuilder.Sql(NormalNames.Update);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(ProductIdFunctions.Drop);

            migrationBuilder.DropIndex(
                name: "ix_holds_closed",
                table: "holds");

            migrationBuilder.AlterDatabase()
                .Annotation("Npgsql:PostgresExtension:pg_trgm", ",,");

            migrationBuilder.AddColumn<string>(
                name: "search_words",
                table: "products",
                type: "text",
                nullable: false,
                computedColumnSql: "lower(name || ' ' || keywords)",
                stored: true);

            migrationBuilder.AlterSequence(
                name: "product_ids",
                oldMaxValue: 1000000000L);

            migrationBuilder.CreateIndex(
                name: "ix_products_search_words",
                table: "products",
                column: "search_words")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });
        }
    }
}
