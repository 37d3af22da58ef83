using WebApp.Identity;

namespace WebApp.Clients;

/// <summary>Reads and changes orders in Ordering.Api.</summary>
public sealed class OrderingClient(HttpClient http, HttpReply replies)
{
    private const string KeyHeader = "Order-Key";
    private const string IdempotencyHeader = "Idempotency-Key";

    public Task<Reply<OrderList>> ListAsync(Visitor visitor, int page, CancellationToken cancellationToken) =>
        GetAsync<OrderList>($"api/orders?pageIndex={page - 1}&pageSize={OrderList.PageSizeOfPages}", visitor, cancellationToken);

    /// <param name="key">The order's key, if this browser has it; it replaces being the buyer.</param>
    public Task<Reply<OrderView>> FindAsync(Visitor visitor, Guid id, string? key, CancellationToken cancellationToken) =>
        SendAsync<OrderView>(HttpMethod.Get, $"api/orders/{id}", visitor, body: null, (KeyHeader, key), cancellationToken);

    /// <inheritdoc cref="FindAsync"/>
    public Task<Reply<OrderView>> CancelAsync(Visitor visitor, Guid id, string? key, CancellationToken cancellationToken) =>
        SendAsync<OrderView>(HttpMethod.Post, $"api/orders/{id}/cancel", visitor, body: null, (KeyHeader, key), cancellationToken);

    public Task<Reply<FoundOrder>> FindByNumberAsync(Visitor visitor, string number, string email, CancellationToken cancellationToken) =>
        replies.SendAsync<FoundOrder>(http, HttpMethod.Post, "api/orders/find", visitor, new { number, email }, cancellationToken);

    /// <summary>The orders of all buyers.</summary>
    public Task<Reply<OrderList>> ListAllAsync(Visitor admin, OrderQuery query, CancellationToken cancellationToken) =>
        GetAsync<OrderList>($"api/orders/all?{query.ToApiQuery()}", admin, cancellationToken);

    public Task<Reply<OrderView>> ShipAsync(
        Visitor admin, Guid id, string? carrier, string? trackingNumber, CancellationToken cancellationToken) =>
        replies.SendAsync<OrderView>(
            http, HttpMethod.Post, $"api/orders/{id}/ship", admin, new { carrier, trackingNumber }, cancellationToken);

    /// <param name="idempotencyKey">The same for each repeat of one refund.</param>
    public Task<Reply<OrderRefund>> RefundAsync(
        Visitor admin, Guid id, string idempotencyKey, decimal amount, string reason, CancellationToken cancellationToken) =>
        SendAsync<OrderRefund>(
            HttpMethod.Post, $"api/orders/{id}/refunds", admin, new { amount, reason }, (IdempotencyHeader, idempotencyKey),
            cancellationToken);

    private Task<Reply<T>> GetAsync<T>(string uri, Visitor visitor, CancellationToken cancellationToken) =>
        replies.SendAsync<T>(http, HttpMethod.Get, uri, visitor, body: null, cancellationToken);

    private async Task<Reply<T>> SendAsync<T>(
        HttpMethod method, string uri, Visitor visitor, object? body, (string Name, string? Value) header,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, uri);
        request.Content = HttpReply.ContentOf(body);
        if (header.Value is not null)
        {
            request.Headers.Add(header.Name, header.Value);
        }

        return await replies.SendAsync<T>(http, request, visitor, cancellationToken);
    }
}
