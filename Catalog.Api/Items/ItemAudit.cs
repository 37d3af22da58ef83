using Contracts.Catalog;
using ServiceDefaults.Security;

namespace Catalog.Api.Items;

/// <summary>Writes to the audit log what administrators did to products.</summary>
public sealed partial class ItemAudit(ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateAuditLog();

    public void Created(Guid userId, int product) => LogCreated(userId, product);

    public void Discontinued(Guid userId, int product) => LogDiscontinued(userId, product);

    public void PictureChanged(Guid userId, int product) => LogPictureChanged(userId, product);

    /// <param name="change">An event that the change of a product published.</param>
    public void Changed(Guid userId, object change)
    {
        switch (change)
        {
            case PriceChanged price:
                LogPriceChanged(userId, price.ProductId, price.OldPrice, price.NewPrice);
                break;
            case StockLevelChanged stock:
                LogStockChanged(userId, stock.ProductId, stock.AvailableStock);
                break;
            case ProductChanged product:
                LogChanged(userId, product.ProductId);
                break;
        }
    }
}
