using Basket.Api.Checkouts;
using Contract = global::Basket.Grpc;

namespace Basket.Api.Baskets;

/// <summary>Between the operations' records and the messages of basket.proto.</summary>
internal static class BasketMessages
{
    private const decimal NanosPerUnit = 1_000_000_000m;

    public static Contract.BasketView ToMessage(this BasketView view)
    {
        var message = new Contract.BasketView { Total = ToMoney(view.Total, view.Currency), ItemCount = view.ItemCount };
        message.Lines.AddRange(view.Lines.Select(line => new Contract.BasketLine
        {
            ProductId = line.ProductId,
            ProductName = line.ProductName,
            UnitPrice = ToMoney(line.UnitPrice, view.Currency),
            OldUnitPrice = line.OldUnitPrice is { } oldPrice ? ToMoney(oldPrice, view.Currency) : null,
            Quantity = line.Quantity,
            AvailableStock = line.AvailableStock,
            IsAvailable = line.IsAvailable,
        }));
        return message;
    }

    public static CheckoutRequest ToRequest(this Contract.CheckoutRequest message) => new(
        message.BuyerName,
        message.BuyerEmail,
        message.ShippingAddress is { } address
            ? new AddressRequest(address.Street, address.City, address.State, address.Country, address.ZipCode)
            : null,
        message.Card is { } card ? new CardRequest(card.Number, card.Holder, card.Expiration, card.SecurityCode) : null,
        message.ExpectedTotal is { } total ? total.Units + (total.Nanos / NanosPerUnit) : null);

    private static Contract.Money ToMoney(decimal amount, string currency) => new()
    {
        Units = (long)decimal.Truncate(amount),
        Nanos = (int)((amount - decimal.Truncate(amount)) * NanosPerUnit),
        Currency = currency,
    };
}
