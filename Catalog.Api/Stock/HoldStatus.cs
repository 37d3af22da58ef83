namespace Catalog.Api.Stock;

public enum HoldStatus
{
    /// <summary>Held until it expires.</summary>
    Held,

    /// <summary>Paid: held until the order is shipped or cancelled.</summary>
    Paid,

    /// <summary>Released because the order was not paid in time.</summary>
    Expired,

    Cancelled,
    Shipped,

    /// <summary>At least one line had too little stock, so nothing was held.</summary>
    Rejected,
}
