using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Basket.Api.Baskets;
using Basket.Api.Products;
using Contracts.Basket;
using Contracts.Ordering;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using ServiceDefaults.Api;
using ServiceDefaults.Text;
using StackExchange.Redis;

namespace Basket.Api.Checkouts;

/// <summary>
/// Turns the basket into an order. One atomic step removes the basket, stores the reply for repeats and adds <see cref="BasketCheckedOut"/>
/// to the outbox. The prices are the current ones, as the basket shows them. A buyer who sends the expected total pays exactly that or
/// nothing.
/// </summary>
public sealed class CheckOut(
    IServiceScopeFactory scopes, ProductShelf products, GuestBaskets guests, IOptions<CheckoutOptions> options, TimeProvider clock)
{
    private const int MaxAttempts = 10;
    private const int Cents = 2;

    public static async Task<Results<Accepted<CheckoutReply>, ProblemHttpResult>> HandleAsync(
        CheckoutRequest request,
        HttpContext context,
        CheckOut checkOut,
        CancellationToken cancellationToken,
        [FromHeader(Name = IdempotencyKey.Header)]
        [Required(ErrorMessage = IdempotencyKey.Fault), RegularExpression(IdempotencyKey.Pattern, ErrorMessage = IdempotencyKey.Fault)]
        string idempotencyKey = "") // Not null: a missing header would not be validated.
    {
        var outcome = await checkOut.RunAsync(Buyer.From(context), idempotencyKey, request, cancellationToken);
        return outcome.IsRefused
            ? outcome.Refusal.ToProblem(context)
            : TypedResults.Accepted($"/api/orders/{outcome.Value.OrderId}", outcome.Value);
    }

    public async Task<Outcome<CheckoutReply>> RunAsync(
        Buyer buyer, string idempotencyKey, CheckoutRequest request, CancellationToken cancellationToken)
    {
        var order = new Order(
            buyer,
            request with { BuyerName = OrElse(request.BuyerName, buyer.Name), BuyerEmail = OrElse(request.BuyerEmail, buyer.Email) },
            StoredReply.KeyOf(buyer.Id, idempotencyKey),
            StoredReply.FingerprintOf(request));

        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await AttemptAsync(order, cancellationToken) is { } outcome)
            {
                return outcome;
            }
        }

        return Refusal.BasketBusy;
    }

    // Null when another request changed the basket, or used the key, between reading and writing.
    private async Task<Outcome<CheckoutReply>?> AttemptAsync(Order order, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var step = scope.ServiceProvider.GetRequiredService<RedisUnitOfWork>();

        // Read the basket first: if another checkout empties it in between, its reply is found. In the other order both could be missed.
        var basket = await BasketStore.ReadAsync(step.Database, order.Buyer.Id);
        if (await StoredReply.FindAsync(step.Database, order.ReplyKey) is { } stored)
        {
            return stored.Fingerprint == order.Fingerprint
                ? new CheckoutReply(stored.OrderId)
                : new Refusal(RefusalReason.KeyReused, $"This {IdempotencyKey.Header} was used for another checkout. Choose a new one.");
        }

        var found = await products.FindAsync(basket);
        if (found.IsRefused)
        {
            return found.Refusal;
        }

        var view = BasketView.Of(basket, found.Value);
        if (FindObstacle(view, order.Request.ExpectedTotal) is { } obstacle)
        {
            return obstacle;
        }

        var checkedOut = order.ToEvent(Guid.CreateVersion7(clock.GetUtcNow()), view);
        BasketStore.Replace(step.Transaction, basket, basket with { Lines = [] });
        step.Transaction.AddCondition(Condition.KeyNotExists(order.ReplyKey));
        _ = step.Transaction.StringSetAsync(
            order.ReplyKey, new StoredReply(checkedOut.OrderId, order.Fingerprint).ToJson(), options.Value.ReplyLifetime);
        guests.ForgetOne(step.Transaction, order.Buyer);
        step.Publish(checkedOut);

        if (!await step.CommitAsync(cancellationToken))
        {
            return null;
        }

        return new CheckoutReply(checkedOut.OrderId);
    }

    private static Refusal? FindObstacle(BasketView basket, decimal? expectedTotal)
    {
        if (basket.Lines.Count == 0)
        {
            return Refusal.Conflict("The basket is empty.");
        }

        var unavailable = basket.Lines
            .Where(line => line.Notice is not null)
            .Select(line => new UnavailableLine(line.ProductId, line.ProductName, line.Quantity, line.AvailableStock, line.Notice!))
            .ToList();

        if (unavailable.Count > 0)
        {
            return Refusal.Conflict("Some lines cannot be bought as they are. Change or remove them.") with { Lines = unavailable };
        }

        // Clients that add up floating-point numbers send 0.30000000000000004.
        return expectedTotal is { } expected && Math.Round(expected, Cents, MidpointRounding.AwayFromZero) != basket.Total
            ? Refusal.Conflict(string.Create(
                CultureInfo.InvariantCulture,
                $"The total was {expected:0.00} {basket.Currency} and is now {basket.Total:0.00} {basket.Currency}."))
            : null;
    }

    private static string? OrElse(string? given, string? fallback) => string.IsNullOrWhiteSpace(given) ? fallback : given;

    private sealed record Order(Buyer Buyer, CheckoutRequest Request, RedisKey ReplyKey, string Fingerprint)
    {
        public BasketCheckedOut ToEvent(Guid orderId, BasketView basket)
        {
            var number = CardNumber.Parse(Request.Card!.Number)!;
            var last4 = number[^4..];
            return new BasketCheckedOut(
                orderId,
                Buyer.Id,
                Request.BuyerName!.Trim().ToNfc(),
                Request.BuyerEmail!.Trim().ToNfc(),
                basket.Currency,
                basket.Total,
                [.. basket.Lines.Select(line => new OrderLine(line.ProductId, line.ProductName, line.UnitPrice, line.Quantity))],
                Request.ShippingAddress!.ToContract(),
                new PaymentCard($"tok_{last4}", last4, Request.Card.Holder!.Trim().ToNfc(), CardBrand.Of(number)));
        }
    }
}
