using Basket.Api.Baskets;
using Basket.Api.Checkouts;
using Google.Type;
using Contract = global::Basket.Grpc;

namespace Basket.Api.Grpc;

/// <summary>Converts between the operations' records and the messages of basket.proto.</summary>
internal static class BasketMessages
{
    public static Contract.BasketView ToMessage(this BasketView view)
    {
        var message = new Contract.BasketView { Total = ToMoney(view.Total, view.Currency), ItemCount = view.ItemCount };
        message.Lines.AddRange(view.Lines.Select(line => line.ToMessage(view.Currency)));
        return message;
    }

    public static CheckoutRequest ToRequest(this Contract.CheckoutRequest message) => new(
        message.BuyerName,
        message.BuyerEmail,
        message.ShippingAddress is { } address
            ? new AddressRequest(address.Street, address.City, address.State, address.Country, address.ZipCode)
            : null,
        message.Card is { } card ? new CardRequest(card.Number, card.Holder, card.Expiration, card.SecurityCode) : null,
        message.ExpectedTotal?.DecimalValue);

    private static Contract.BasketLine ToMessage(this BasketLineView line, string currency)
    {
        var message = new Contract.BasketLine
        {
            ProductId = line.ProductId,
            ProductName = line.ProductName,
            UnitPrice = ToMoney(line.UnitPrice, currency),
            OldUnitPrice = line.OldUnitPrice is { } oldPrice ? ToMoney(oldPrice, currency) : null,
            Quantity = line.Quantity,
            AvailableStock = line.AvailableStock,
            IsAvailable = line.IsAvailable,
        };

        if (line.Notice is not null)
        {
            message.Notice = line.Notice;
        }

        return message;
    }

    private static Money ToMoney(decimal amount, string currency) => new() { DecimalValue = amount, CurrencyCode = currency };
}
