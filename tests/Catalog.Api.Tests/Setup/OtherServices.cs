using System.Runtime.CompilerServices;
using Contracts.Ordering;

namespace Catalog.Api.Tests.Setup;

/// <summary>Publishes messages as Ordering does, and receives all messages of Catalog.</summary>
public sealed class OtherServices : IAsyncDisposable
{
    private readonly Stranger _stranger;

    private OtherServices(Stranger stranger) => _stranger = stranger;

    public static async Task<OtherServices> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        var stranger = await Stranger.ConnectAsync(address, cancellationToken);
        await stranger.ListenAsync(["catalog-api"], [("events", "catalog.#"), ("commands", "audit.record-action")], cancellationToken);
        return new OtherServices(stranger);
    }

    public Task PublishAsync(object message, CancellationToken cancellationToken) => message switch
    {
        OrderPlaced placed => PublishAsync("ordering.order-placed", message, placed.OrderId, placed.Version, cancellationToken),
        OrderPaid paid => PublishAsync("ordering.order-paid", message, paid.OrderId, paid.Version, cancellationToken),
        OrderShipped shipped => PublishAsync("ordering.order-shipped", message, shipped.OrderId, shipped.Version, cancellationToken),
        OrderCancelled cancelled => PublishAsync(
            "ordering.order-cancelled", message, cancelled.OrderId, cancelled.Version, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(message)),
    };

    public IReadOnlyList<T> Received<T>(string type) => _stranger.HeardAs<T>(type);

    public async Task<T> ReceivesAsync<T>(
        string type, Func<T, bool> expected, [CallerArgumentExpression(nameof(expected))] string expectation = "")
    {
        await Eventually.TrueAsync(() => Received<T>(type).Any(expected), $"{type}: {expectation}");
        return Received<T>(type).First(expected);
    }

    public ValueTask DisposeAsync() => _stranger.DisposeAsync();

    private Task PublishAsync(string type, object message, Guid orderId, long version, CancellationToken cancellationToken) =>
        _stranger.PublishAsync(type, $"{orderId}", message, version, cancellationToken);
}
