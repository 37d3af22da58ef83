using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ordering.Api.Migrations
{
    /// <inheritdoc />
    public partial class IndexOrderSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_orders_to_ship",
                table: "orders");

            migrationBuilder.CreateIndex(
                name: "ix_orders_status_placed_at",
                table: "orders",
                columns: new[] { "status", "placed_at" });

            // ListAllOrders.SearchedText
            migrationBuilder.Sql(
                """
                create index ix_orders_searched_text on orders using gin
                    (to_tsvector('simple', regexp_replace(buyer_name || ' ' || buyer_email, '[^[:alnum:]]+', ' ', 'g')))
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("drop index ix_orders_searched_text");

            migrationBuilder.DropIndex(
                name: "ix_orders_status_placed_at",
                table: "orders");

            migrationBuilder.CreateIndex(
                name: "ix_orders_to_ship",
                table: "orders",
                column: "placed_at",
                filter: "status = 'Paid'");
        }
    }
}
