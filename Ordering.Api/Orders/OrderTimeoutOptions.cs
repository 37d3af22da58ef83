using System.ComponentModel.DataAnnotations;

namespace Ordering.Api.Orders;

/// <summary>How long an order waits for the world to answer before it is cancelled. Bound from configuration section <c>Orders:Timeouts</c>.</summary>
public sealed class OrderTimeoutOptions
{
    /// <summary>For Catalog to reserve the stock or to reject. Default: 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "7.00:00:00")]
    public TimeSpan Submitted { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>For the payment provider to charge or to decline. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "7.00:00:00")]
    public TimeSpan StockReserved { get; set; } = TimeSpan.FromMinutes(5);
}
