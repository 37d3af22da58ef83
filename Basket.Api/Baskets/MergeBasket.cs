using StackExchange.Redis;

namespace Basket.Api.Baskets;

/// <summary>
/// Moves a guest's basket into the basket of the user who the guest is. The same step removes the guest's basket, so a repeat finds nothing
/// to move.
/// </summary>
public sealed class MergeBasket(IConnectionMultiplexer redis, ViewBasket view)
{
    private const int MaxAttempts = 10;

    public async Task<Outcome<BasketView>> RunAsync(Buyer buyer)
    {
        if (buyer.GuestId is not { } guestId)
        {
            return await view.RunAsync(buyer);
        }

        var database = redis.GetDatabase();

        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var transaction = database.CreateTransaction();

            if (await AddAsync(database, transaction, guestId, buyer.Id) is not { } merged)
            {
                return await view.RunAsync(buyer);
            }

            if (await transaction.ExecuteAsync())
            {
                return await view.ShowAsync(merged);
            }
        }

        return Refusal.BasketBusy;
    }

    /// <summary>Adds the move to the transaction and returns the merged basket; null when there is nothing to move.</summary>
    public static async Task<BasketSnapshot?> AddAsync(IDatabase database, ITransaction transaction, Guid guestId, Guid userId)
    {
        var guest = await BasketStore.ReadAsync(database, guestId);

        if (guest.IsEmpty || guestId == userId)
        {
            return null;
        }

        var own = await BasketStore.ReadAsync(database, userId);
        var merged = own.Merge(guest);
        BasketStore.Replace(transaction, own, merged);
        BasketStore.Replace(transaction, guest, guest with { Lines = [] });
        return merged;
    }
}
