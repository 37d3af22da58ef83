using Contracts.Basket;
using Contracts.Ordering;

namespace Ordering.Api.Orders;

/// <summary>
/// What a buyer ordered, and its status: Submitted → StockReserved → Paid → Shipped, or Cancelled from any status before Shipped.
/// Each step is guarded here and raises <see cref="Version"/>, which is also the concurrency token.
/// </summary>
public sealed class Order
{
    private readonly List<OrderLine> _lines = [];
    private readonly List<OrderStep> _timeline = [];
    private readonly List<OrderRefund> _refunds = [];

    private Order()
    {
    }

    public Guid Id { get; private init; }

    /// <summary>Unique, and what people name the order by; <see cref="OrderNumber"/> has its format.</summary>
    public int Number { get; private init; }

    /// <summary>The secret in the links of mails; <see cref="OrderKey"/> explains it.</summary>
    public string AccessKey { get; private init; } = "";

    public Guid BuyerId { get; private set; }

    public string BuyerName { get; private init; } = "";

    public string BuyerEmail { get; private init; } = "";

    public Address ShippingAddress { get; private init; } = null!;

    public PaymentCard Card { get; private init; } = null!;

    public decimal Total { get; private init; }

    public string Currency { get; private init; } = "";

    public DateTimeOffset PlacedAt { get; private init; }

    /// <summary>Until when Catalog reserves the stock for this order.</summary>
    public DateTimeOffset? ReservedUntil { get; private set; }

    /// <summary>Who delivers the parcel; null before the shipment, or when the shop delivers it itself.</summary>
    public string? Carrier { get; private set; }

    public string? TrackingNumber { get; private set; }

    public OrderStatus Status { get; private set; }

    public long Version { get; private set; }

    public IReadOnlyList<OrderLine> Lines => _lines;

    public IReadOnlyList<OrderStep> Timeline => _timeline;

    public IReadOnlyList<OrderRefund> Refunds => _refunds;

    public static Order Place(BasketCheckedOut checkout, Guid buyerId, int number, DateTimeOffset now)
    {
        var order = new Order
        {
            Id = checkout.OrderId,
            Number = number,
            AccessKey = OrderKey.Create(),
            BuyerId = buyerId,
            BuyerName = checkout.BuyerName,
            BuyerEmail = checkout.BuyerEmail,
            ShippingAddress = checkout.ShippingAddress,
            Card = checkout.Card,
            Total = checkout.Lines.Sum(line => line.UnitPrice * line.Quantity),
            Currency = checkout.Currency,
            PlacedAt = now,
        };
        order._lines.AddRange(checkout.Lines);
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

    public Transition Ship(string? carrier, string? trackingNumber, DateTimeOffset now)
    {
        if (Status is OrderStatus.Paid)
        {
            (Carrier, TrackingNumber) = (carrier, trackingNumber);
        }

        return Move(from: OrderStatus.Paid, to: OrderStatus.Shipped, now);
    }

    public Transition Cancel(CancelReason reason, DateTimeOffset now)
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

    /// <summary>Why the order was cancelled; null unless it was.</summary>
    public CancelReason? CancelReason =>
        _timeline is [.., { ReasonCode: { } code, Reason: { } reason }] ? new CancelReason(code, reason) : null;

    /// <summary>Whether money may have been taken: the payment provider was asked and has not declined.</summary>
    public bool MayBeCharged => Status is OrderStatus.StockReserved or OrderStatus.Paid;

    public bool WasPaid => _timeline.Exists(step => step.Status is OrderStatus.Paid);

    /// <summary>
    /// What went back to the buyer or is on its way. A refund that was requested before a cancellation may still wait for its refusal
    /// after the cancellation has sent everything back.
    /// </summary>
    public decimal Refunded => Math.Min(Total, SumOf(refund => refund.Status is not RefundStatus.Refused));

    /// <summary>What a cancellation gives back of a payment.</summary>
    public decimal Unrefunded => Total - Refunded;

    /// <summary>What the payment provider has sent back so far.</summary>
    public decimal SentBack => SumOf(refund => refund.Status is RefundStatus.Refunded);

    /// <summary>What an administrator can still refund. A cancelled order refunds everything by itself.</summary>
    public decimal Refundable => Status is OrderStatus.Paid or OrderStatus.Shipped ? Unrefunded : 0;

    /// <summary>Sets a part of the payment aside for a refund. Never more than was paid, also not by requests at the same time.</summary>
    public RefundRequest Refund(OrderRefund refund)
    {
        if (_refunds.Find(earlier => earlier.IdempotencyKey == refund.IdempotencyKey) is { } known)
        {
            return (known.Amount, known.Reason) == (refund.Amount, refund.Reason) ? RefundRequest.Repeated : RefundRequest.KeyReused;
        }

        if (Status is not (OrderStatus.Paid or OrderStatus.Shipped))
        {
            return RefundRequest.NotPaid;
        }

        if (refund.Amount > Refundable)
        {
            return RefundRequest.TooMuch;
        }

        AddRefund(refund);
        return RefundRequest.Made;
    }

    /// <summary>Stores what went back because the order was cancelled.</summary>
    public void AddRefund(OrderRefund refund)
    {
        _refunds.Add(refund);
        Version++;
    }

    /// <summary>Stores the answer of the payment provider. Null when it was stored before.</summary>
    public OrderRefund? Settle(Guid refundId, RefundStatus status)
    {
        var refund = _refunds.Find(one => one.RefundId == refundId && one.Status is RefundStatus.Requested);
        if (refund is not null)
        {
            refund.Status = status;
            Version++;
        }

        return refund;
    }

    private decimal SumOf(Func<OrderRefund, bool> filter) => _refunds.Where(filter).Sum(refund => refund.Amount);

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

    private void Enter(OrderStatus status, DateTimeOffset now, CancelReason? reason = null)
    {
        Status = status;
        Version++;
        _timeline.Add(new OrderStep(status, now, reason?.Code, reason?.Text));
    }
}
