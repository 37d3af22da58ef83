using Contracts.Audit;
using Contracts.Basket;
using Contracts.Catalog;
using Contracts.Identity;
using Contracts.Mail;
using Contracts.Ordering;
using Ordering.Api.Buyers;
using Ordering.Api.Orders;
using Ordering.Api.Payments;
using Ordering.Api.Webhooks;

namespace Ordering.Api;

internal static class MessagingSetup
{
    /// <summary>Everything that this service publishes, sends and handles.</summary>
    public static void AddOrderingMessages(this IHostApplicationBuilder builder) =>
        builder.AddEventBusDefaults().UsePostgres<OrderingContext>()
            .Publishes<OrderPlaced>(e => $"{e.OrderId}", e => e.Version, requiredBy: ["catalog-api"])
            .Publishes<OrderStockReserved>(e => $"{e.OrderId}", e => e.Version)
            .Publishes<OrderPaid>(e => $"{e.OrderId}", e => e.Version, requiredBy: ["catalog-api"])
            .Publishes<OrderShipped>(e => $"{e.OrderId}", e => e.Version, requiredBy: ["catalog-api"])
            .Publishes<OrderCancelled>(e => $"{e.OrderId}", e => e.Version, requiredBy: ["catalog-api"])
            .Publishes<OrderRefunded>(e => $"{e.OrderId}", e => e.Version)
            .Sends<TakePayment>(c => $"{c.OrderId}")
            .Sends<RefundPayment>(c => $"{c.OrderId}")
            .Sends<ExpireOrder>(c => $"{c.OrderId}")
            .Sends<SendMail>(c => $"{c.About}")
            .Sends<RecordAction>(c => c.SubjectId)
            .Subscribe<UserRegistered, RegisterBuyer>()
            .Subscribe<UserChanged, UpdateBuyer>()
            .Subscribe<UserDeleted, ForgetBuyer>()
            .Subscribe<OrderShipped, ForgetBuyer>()
            .Subscribe<OrderCancelled, ForgetBuyer>()
            .Subscribe<GuestAdopted, AdoptGuestOrders>()
            .Subscribe<BasketCheckedOut, PlaceOrder>()
            .Subscribe<StockReserved, ConfirmStock>()
            .Subscribe<StockRejected, RejectStock>()
            .Handle<TakePayment, ChargeOutcome?, ChargeCard>()
            .Handle<RefundPayment, RefundOutcome, RefundCard>()
            .Handle<ExpireOrder, CancelExpiredOrder>()
            .SubscribeWebhooks();
}
