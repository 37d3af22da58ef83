using System.Globalization;
using Catalog.Api.Stock;
using Contracts.Audit;
using Contracts.Catalog;
using Contracts.Ordering;

namespace Catalog.Api;

internal static class MessagingSetup
{
    /// <summary>Everything that this service publishes, sends and handles.</summary>
    public static void AddCatalogMessages(this IHostApplicationBuilder builder) =>
        builder.AddEventBusDefaults().UsePostgres<CatalogContext>()
            .Publishes<ProductChanged>(e => Key(e.ProductId), e => e.Version)
            .Publishes<PriceChanged>(e => Key(e.ProductId), e => e.Version)
            .Publishes<ProductDiscontinued>(e => Key(e.ProductId), e => e.Version)
            .Publishes<StockLevelChanged>(e => Key(e.ProductId), e => e.Version)
            .Publishes<StockReserved>(e => $"{e.OrderId}", requiredBy: ["ordering-api"])
            .Publishes<StockRejected>(e => $"{e.OrderId}", requiredBy: ["ordering-api"])
            .Sends<RecordAction>(c => c.SubjectId)
            .Subscribe<OrderPlaced, ReserveStock>()
            .Subscribe<OrderPaid, KeepPaidStock>()
            .Subscribe<OrderShipped, ShipStock>()
            .Subscribe<OrderCancelled, ReleaseStock>();

    private static string Key(int productId) => productId.ToString(CultureInfo.InvariantCulture);
}
