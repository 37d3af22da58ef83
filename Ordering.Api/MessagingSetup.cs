using Contracts.Basket;
using Contracts.Catalog;
using Contracts.Identity;
using Contracts.Ordering;
using Ordering.Api.Buyers;
using Ordering.Api.Orders;
using Ordering.Api.Payments;
using Ordering.Api.Webhooks;
using ServiceDefaults.Databases;
using ServiceDefaults.Migrations;

namespace Ordering.Api;

internal static class OrderingHosting
{
    public static void AddOrderingDatabase(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase<OrderingContext>("orderingdb");
        builder.AddMigration<OrderingContext>();
    }

    /// <summary>All that this service tells, asks and is told.</summary>
    public static void AddOrderingMessages(this IHostApplicationBuilder builder) =>
        builder.AddEventBusDefaults().UsePostgres<OrderingContext>()
            .Publishes<OrderPlaced>(e => $"{e.OrderId}", e => e.Version, requiredBy: ["catalog-api"])
            .Publishes<OrderStockReserved>(e => $"{e.OrderId}", e => e.Version)
            .Publishes<OrderPaid>(e => $"{e.OrderId}", e => e.Version, requiredBy: ["catalog-api"])
            .Publishes<OrderShipped>(e => $"{e.OrderId}", e => e.Version, requiredBy: ["catalog-api"])
            .Publishes<OrderCancelled>(e => $"{e.OrderId}", e => e.Version, requiredBy: ["catalog-api"])
            .Sends<TakePayment>(c => $"{c.OrderId}")
            .Sends<RefundPayment>(c => $"{c.OrderId}")
            .Sends<ExpireOrder>(c => $"{c.OrderId}")
            .Subscribe<UserRegistered, RegisterBuyer>()
            .Subscribe<GuestAdopted, AdoptGuestOrders>()
            .Subscribe<BasketCheckedOut, PlaceOrder>()
            .Subscribe<StockReserved, ConfirmStock>()
            .Subscribe<StockRejected, RejectStock>()
            .Handle<TakePayment, ChargeCard>()
            .Handle<RefundPayment, RefundCard>()
            .Handle<ExpireOrder, CancelExpiredOrder>()
            .SubscribeWebhooks();

    public static void AddOrders(this IHostApplicationBuilder builder) =>
        builder.Services.AddOptions<OrderTimeoutOptions>().BindConfiguration("Orders:Timeouts")
            .ValidateDataAnnotations().ValidateOnStart();

    public static void AddPayments(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<PaymentOptions>().BindConfiguration("Payments")
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<IPaymentGateway, SimulatedPaymentGateway>();
    }

    public static void AddWebhooks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<WebhookOptions>().BindConfiguration("Webhooks")
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<WebhookHttp>();
        builder.Services.AddHostedService<WebhookSender>();
    }
}
