using System.Text.Json;
using Contracts.Catalog;
using RabbitMQ.Client;

namespace Basket.Api.Tests.Http;

/// <summary>Tells of products like Catalog, answers its command, and hears what Basket tells.</summary>
public sealed class FakeCatalog : IAsyncDisposable
{
    private const string RepublishProducts = "catalog.republish-products";

    private readonly string _address;
    private readonly Stranger _stranger;

    private FakeCatalog(string address, Stranger stranger) => (_address, _stranger) = (address, stranger);

    /// <summary>What is told when Basket asks for all products.</summary>
    public IReadOnlyList<ProductChanged> AllProducts { get; set; } = [];

    public static async Task<FakeCatalog> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        var stranger = await Stranger.ConnectAsync(address, cancellationToken);

        // The command's queue is the last that Basket declares.
        await stranger.ListenAsync([RepublishProducts], [("events", "basket.#")], cancellationToken);
        return new FakeCatalog(address, stranger);
    }

    /// <summary>Handles the command when it comes, as Catalog does: every product, then how many there were.</summary>
    public async Task AnswerRepublishAsync(CancellationToken cancellationToken)
    {
        var asked = default(RepublishProducts);
        await Eventually.SucceedsAsync(async () => asked = await TakeCommandAsync(cancellationToken));

        foreach (var product in AllProducts)
        {
            await TellAsync("catalog.product-changed", product, $"{product.ProductId}", product.Version, cancellationToken);
        }

        await TellAsync(
            "catalog.products-republished", new ProductsRepublished(asked!.RequestedBy, AllProducts.Count), asked.RequestedBy, 0, cancellationToken);
    }

    public Task TellAsync(string type, object message, string key, long version, CancellationToken cancellationToken) =>
        _stranger.TellAsync(type, key, message, version, cancellationToken);

    public IReadOnlyList<T> Heard<T>(string type) => _stranger.HeardAs<T>(type);

    public ValueTask DisposeAsync() => _stranger.DisposeAsync();

    // A quorum queue that is still electing its leader ends the connection of who reads it (541), so this one is for nothing else.
    private async Task<RepublishProducts> TakeCommandAsync(CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(_address) }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        BasicGetResult? command = null;
        await Eventually.TrueAsync(
            async () => (command = await channel.BasicGetAsync(RepublishProducts, autoAck: true, cancellationToken)) is not null);
        return JsonSerializer.Deserialize<RepublishProducts>(command!.Body.Span, JsonSerializerOptions.Web)!;
    }
}
