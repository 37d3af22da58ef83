using Contracts.Basket;

namespace Ordering.Api.Orders;

/// <summary>
/// What a buyer asked for and how far it came: Submitted → StockReserved → Paid → Shipped, or Cancelled from any state before Shipped.
/// Each step is guarded here and raises <see cref="Version"/>, which is also what keeps two writers apart.
/// </summary>
public sealed class Order
{
    private readonly List<OrderLine> _lines = [];
    private readonly List<OrderStep> _timeline = [];

    private Order()
    {
    }

    public Guid Id { get; private init; }

    public Guid BuyerId { get; private set; }

    public string BuyerName { get; private init; } = "";

    public string BuyerEmail { get; private init; } = "";

    public OrderAddress ShippingAddress { get; private init; } = null!;

    public OrderCard Card { get; private init; } = null!;

    public decimal Total { get; private init; }

    public string Currency { get; private init; } = "";

    public DateTimeOffset PlacedAt { get; private init; }

    /// <summary>Until when Catalog holds the stock back for this order.</summary>
    public DateTimeOffset? ReservedUntil { get; private set; }

    public OrderStatus Status { get; private set; }

    public long Version { get; private set; }

    public IReadOnlyList<OrderLine> Lines => _lines;

    public IReadOnlyList<OrderStep> Timeline => _timeline;

    public static Order Place(BasketCheckedOut checkout, Guid buyerId, DateTimeOffset now)
    {
        var order = new Order
        {
            Id = checkout.OrderId,
            BuyerId = buyerId,
            BuyerName = checkout.BuyerName,
            BuyerEmail = checkout.BuyerEmail,
            ShippingAddress = new OrderAddress(
                checkout.ShippingAddress.Street,
                checkout.ShippingAddress.City,
                checkout.ShippingAddress.State,
                checkout.ShippingAddress.Country,
                checkout.ShippingAddress.ZipCode),
            Card = new OrderCard(checkout.Card.Token, checkout.Card.Last4, checkout.Card.Holder),
            Total = checkout.Lines.Sum(line => line.UnitPrice * line.Quantity),
            Currency = checkout.Currency,
            PlacedAt = now,
        };
        order._lines.AddRange(checkout.Lines.Select(line => new OrderLine(line.ProductId, line.ProductName, line.UnitPrice, line.Quantity)));
        order.Enter(OrderStatus.Submitted, now);
        return order;
    }

    public Transition ReserveStock(DateTimeOffset until, DateTimeOffset now)
    {
        if (Status is OrderStatus.Submitted)
        {
            ReservedUntil = until;
        }

        return Move(from: OrderStatus.Submitted, to: OrderStatus.StockReserved, now);
    }

    public Transition Pay(DateTimeOffset now) => Move(from: OrderStatus.StockReserved, to: OrderStatus.Paid, now);

    public Transition Ship(DateTimeOffset now) => Move(from: OrderStatus.Paid, to: OrderStatus.Shipped, now);

    public Transition Cancel(string reason, DateTimeOffset now)
    {
        if (Status is OrderStatus.Cancelled)
        {
            return Transition.Repeated;
        }

        if (Status is OrderStatus.Shipped)
        {
            return Transition.Refused;
        }

        Enter(OrderStatus.Cancelled, now, reason);
        return Transition.Made;
    }

    /// <summary>Whether money may have been taken: the payment provider was asked, and has not declined.</summary>
    public bool MayBeCharged => Status is OrderStatus.StockReserved or OrderStatus.Paid;

    /// <summary>The name that the buyer saw, for a product of this order.</summary>
    public string NameOf(int productId) =>
        _lines.Find(line => line.ProductId == productId)?.ProductName ?? $"product {productId}";

    private Transition Move(OrderStatus from, OrderStatus to, DateTimeOffset now)
    {
        if (Status == from)
        {
            Enter(to, now);
            return Transition.Made;
        }

        return Status >= to && Status is not OrderStatus.Cancelled ? Transition.Repeated : Transition.Refused;
    }

    private void Enter(OrderStatus status, DateTimeOffset now, string? reason = null)
    {
        Status = status;
        Version++;
        _timeline.Add(new OrderStep(status, now, reason));
    }
}
