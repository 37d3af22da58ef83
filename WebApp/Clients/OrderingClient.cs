using WebApp.Identity;

namespace WebApp.Clients;

/// <summary>Reads and changes orders in Ordering.Api.</summary>
public sealed class OrderingClient(HttpClient http, HttpReply replies)
{
    public Task<Reply<OrderList>> ListAsync(Visitor visitor, int page, CancellationToken cancellationToken) =>
        GetAsync<OrderList>($"api/orders?pageIndex={page - 1}&pageSize={OrderList.PageSizeOfPages}", visitor, cancellationToken);

    public Task<Reply<OrderView>> FindAsync(Visitor visitor, Guid id, CancellationToken cancellationToken) =>
        GetAsync<OrderView>($"api/orders/{id}", visitor, cancellationToken);

    public Task<Reply<OrderView>> CancelAsync(Visitor visitor, Guid id, CancellationToken cancellationToken) =>
        PostAsync<OrderView>($"api/orders/{id}/cancel", visitor, cancellationToken);

    public Task<Reply<OrderList>> ListToShipAsync(Visitor admin, int page, CancellationToken cancellationToken) =>
        GetAsync<OrderList>($"api/orders/to-ship?pageIndex={page - 1}&pageSize={OrderList.PageSizeOfPages}", admin, cancellationToken);

    public Task<Reply<Done>> ShipAsync(Visitor admin, Guid id, CancellationToken cancellationToken) =>
        PostAsync<Done>($"api/orders/{id}/ship", admin, cancellationToken);

    private Task<Reply<T>> GetAsync<T>(string uri, Visitor visitor, CancellationToken cancellationToken) =>
        replies.SendAsync<T>(http, HttpMethod.Get, uri, visitor, body: null, cancellationToken);

    private Task<Reply<T>> PostAsync<T>(string uri, Visitor visitor, CancellationToken cancellationToken) =>
        replies.SendAsync<T>(http, HttpMethod.Post, uri, visitor, body: null, cancellationToken);
}
