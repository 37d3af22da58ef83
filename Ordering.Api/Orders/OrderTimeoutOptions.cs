using System.ComponentModel.DataAnnotations;

namespace Ordering.Api.Orders;

/// <summary>How long an order waits for other systems before it is cancelled; section <c>Orders:Timeouts</c>.</summary>
public sealed class OrderTimeoutOptions
{
    public const string SectionName = "Orders:Timeouts";

    /// <summary>For Catalog to reserve or reject the stock. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "7.00:00:00")]
    public TimeSpan Submitted { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>For the payment provider to charge or decline the card. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "7.00:00:00")]
    public TimeSpan StockReserved { get; set; } = TimeSpan.FromMinutes(5);
}
