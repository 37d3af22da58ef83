using Basket.Grpc;
using WebApp.Identity;

namespace WebApp.Clients;

/// <summary>The basket of whoever sends this request, asked for once, however many parts of the page show it.</summary>
public sealed class VisitorBasket(CurrentVisitor current, BasketClient client, IHttpContextAccessor accessor)
{
    private Task<Reply<BasketView>>? _asked;

    public Task<Reply<BasketView>> GetAsync() => _asked ??= AskAsync();

    /// <summary>How many pieces are in the basket; 0 as well when nobody can tell.</summary>
    public async Task<int> CountAsync() => (await GetAsync()).Value?.ItemCount ?? 0;

    private async Task<Reply<BasketView>> AskAsync() => current.Find() is { } visitor
        ? await client.GetAsync(visitor, accessor.HttpContext?.RequestAborted ?? CancellationToken.None)
        : Reply.Success(new BasketView());
}
