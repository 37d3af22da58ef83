using Basket.Grpc;
using WebApp.Identity;

namespace WebApp.Clients;

/// <summary>The visitor's basket. It is requested once, also when several parts of the page show it.</summary>
public sealed class VisitorBasket(CurrentVisitor current, BasketClient client, IHttpContextAccessor accessor)
{
    private Task<Reply<BasketView>>? _requested;

    public Task<Reply<BasketView>> GetAsync() => _requested ??= RequestAsync();

    /// <summary>How many pieces are in the basket; 0 also while Basket.Api does not respond.</summary>
    public async Task<int> CountAsync() => (await GetAsync()).Value?.ItemCount ?? 0;

    private async Task<Reply<BasketView>> RequestAsync()
    {
        if (current.IsUnchecked)
        {
            return Reply.Unavailable<BasketView>();
        }

        return current.Find() is { } visitor
            ? await client.GetAsync(visitor, accessor.HttpContext?.RequestAborted ?? CancellationToken.None)
            : Reply.Success(new BasketView());
    }
}
