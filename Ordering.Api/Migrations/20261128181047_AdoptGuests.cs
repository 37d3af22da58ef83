using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ordering.Api.Migrations
{
    /// <inheritdoc />
    public partial class AdoptGuests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "guest_adoptions",
                columns: table => new
                {
                    guest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_guest_adoptions", x => x.guest_id);
                });

            // Until now an account knew the one guest that it was before; that guest's orders have been moved already.
            migrationBuilder.Sql(
                """
                insert into guest_adoptions (guest_id, user_id) select guest_id, id from buyers where guest_id is not null on conflict do nothing;
                delete from buyers where id in (select guest_id from guest_adoptions);
                """);

            // Cancelled orders had a text only.
            migrationBuilder.Sql(
                """
                update orders set timeline = jsonb_set(
                    timeline,
                    array[(jsonb_array_length(timeline) - 1)::text, 'ReasonCode'],
                    to_jsonb(case
                        when timeline -> -1 ->> 'Reason' like 'Not enough stock%' then 'outOfStock'
                        when timeline -> -1 ->> 'Reason' like 'The stock could not%' then 'stockTimedOut'
                        when timeline -> -1 ->> 'Reason' like 'The payment could not%' then 'paymentTimedOut'
                        when timeline -> -1 ->> 'Reason' like 'The stock was held%' then 'paymentTimedOut'
                        when timeline -> -1 ->> 'Reason' = 'Cancelled by the buyer.' then 'cancelledByBuyer'
                        when timeline -> -1 ->> 'Reason' = 'Cancelled by the shop.' then 'cancelledByShop'
                        else 'paymentDeclined'
                    end))
                where status = 'Cancelled';
                """);

            migrationBuilder.DropIndex(
                name: "ix_buyers_guest_id",
                table: "buyers");

            migrationBuilder.DropColumn(
                name: "guest_id",
                table: "buyers");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_created_at",
                table: "webhook_deliveries",
                column: "created_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "guest_adoptions");

            migrationBuilder.DropIndex(
                name: "ix_webhook_deliveries_created_at",
                table: "webhook_deliveries");

            migrationBuilder.AddColumn<Guid>(
                name: "guest_id",
                table: "buyers",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_buyers_guest_id",
                table: "buyers",
                column: "guest_id");
        }
    }
}
