using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ordering.Api.Migrations
{
    /// <inheritdoc />
    public partial class NumberAndRefundOrders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameIndex(
                name: "ix_orders_placed_at",
                table: "orders",
                newName: "ix_orders_to_ship");

            migrationBuilder.CreateSequence<int>(
                name: "order_numbers",
                startValue: 10001L);

            migrationBuilder.AddColumn<decimal>(
                name: "refunded",
                table: "simulated_charges",
                type: "numeric(18,2)",
                precision: 18,
                scale: 2,
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<decimal>(
                name: "refunded",
                table: "payments",
                type: "numeric(18,2)",
                precision: 18,
                scale: 2,
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<string>(
                name: "access_key",
                table: "orders",
                type: "character varying(64)",
                maxLength: 64,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "card_brand",
                table: "orders",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "carrier",
                table: "orders",
                type: "character varying(60)",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "number",
                table: "orders",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "refunds",
                table: "orders",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "tracking_number",
                table: "orders",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "simulated_refunds",
                columns: table => new
                {
                    refund_id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_simulated_refunds", x => x.refund_id);
                });

            // Orders from before get their numbers in the order in which they were placed, and keys of 244 random bits.
            migrationBuilder.Sql(
                """
                update orders set number = numbered.number, access_key = replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')
                from (select id, 10000 + row_number() over (order by placed_at, id) as number from orders) numbered
                where orders.id = numbered.id;

                select setval('order_numbers', coalesce((select max(number) from orders), 10000));

                update payments set refunded = amount where status = 'Refunded';

                update orders set refunds = jsonb_build_array(jsonb_build_object(
                    'RefundId', gen_random_uuid(), 'Amount', payments.amount, 'Reason', 'The order was cancelled.', 'IdempotencyKey', null,
                    'RequestedAt', to_char(payments.changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'), 'Status', 'Refunded'))
                from payments where payments.order_id = orders.id and payments.status = 'Refunded';
                """);

            migrationBuilder.CreateIndex(
                name: "ix_orders_number",
                table: "orders",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_orders_placed_at",
                table: "orders",
                column: "placed_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "simulated_refunds");

            migrationBuilder.DropIndex(
                name: "ix_orders_number",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_orders_placed_at",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "refunded",
                table: "simulated_charges");

            migrationBuilder.DropColumn(
                name: "refunded",
                table: "payments");

            migrationBuilder.DropColumn(
                name: "access_key",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "card_brand",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "carrier",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "number",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "refunds",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "tracking_number",
                table: "orders");

            migrationBuilder.DropSequence(
                name: "order_numbers");

            migrationBuilder.RenameIndex(
                name: "ix_orders_to_ship",
                table: "orders",
                newName: "ix_orders_placed_at");
        }
    }
}
