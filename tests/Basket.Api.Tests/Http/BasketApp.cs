using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Basket.Api.Products;
using Contracts.Catalog;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Basket.Api.Tests.Http;

/// <summary>Basket.Api over a Redis database and a broker of its own.</summary>
public sealed class BasketApp : IAsyncDisposable
{
    private int _lastProduct;

    private BasketApp(WebApplicationFactory<Program> factory, TestTokens tokens, FakeCatalog catalog)
    {
        (Factory, Tokens, Catalog) = (factory, tokens, catalog);
        Redis = factory.Services.GetRequiredService<IConnectionMultiplexer>();
    }

    public WebApplicationFactory<Program> Factory { get; }

    public TestTokens Tokens { get; }

    public FakeCatalog Catalog { get; }

    public IConnectionMultiplexer Redis { get; }

    /// <summary>Starts the service and waits for its queue.</summary>
    /// <param name="servers">Redis and RabbitMQ.</param>
    /// <param name="catalog">Where the products come from; disposed with the app.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="settings">Of the service.</param>
    public static async Task<BasketApp> StartAsync(
        ShopServers servers, FakeCatalog catalog, CancellationToken cancellationToken, params (string Name, string Value)[] settings)
    {
        var store = servers.CreateRedisDatabase();
        await EmptyAsync(store);
        var messaging = await servers.CreateVirtualHostAsync(cancellationToken);
        var tokens = new TestTokens();
        var factory = CreateFactory(
            tokens, store, messaging,
            [("services:catalog-api:http:0", catalog.Address), ("Products:PollInterval", "00:00:00.200"), .. settings]);
        factory.StartServer();
        await catalog.ConnectAsync(messaging, cancellationToken);
        return new BasketApp(factory, tokens, catalog);
    }

    /// <summary>On Kestrel and a free port, so that HTTP/1.1 with gRPC-Web is what it will be.</summary>
    public static WebApplicationFactory<Program> CreateFactory(
        TestTokens tokens, string store, string messaging, params (string Name, string Value)[] settings)
    {
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.ConfigureServices(services => services.AddDocumentedAnswers());
            builder
                .UseSetting("ConnectionStrings:basketstore", store)
                .UseSetting("ConnectionStrings:messaging", messaging)
                .UseSetting("Tokens:PublicKey", tokens.PublicKey);

            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }
        });
        factory.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        return factory;
    }

    public HttpClient Client(string? token)
    {
        var client = Factory.CreateClient();
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public HttpClient NewUser(out Guid id) => Client(Tokens.User(id = Guid.NewGuid()));

    public HttpClient NewGuest(out Guid id) => Client(Tokens.Guest(id = Guid.NewGuid()));

    /// <param name="token">The access token.</param>
    /// <param name="address">The visitor whom the call is for. Default: this machine.</param>
    public GrpcChannel GrpcChannel(string token, string? address = null)
    {
        using var plain = Factory.CreateClient();
        var client = new HttpClient(new GrpcWebHandler(GrpcWebMode.GrpcWeb, new SocketsHttpHandler()));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (address is not null)
        {
            client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        }

        return global::Grpc.Net.Client.GrpcChannel.ForAddress(plain.BaseAddress!, new GrpcChannelOptions
        {
            HttpClient = client,
            DisposeHttpClient = true,
            HttpVersion = HttpVersion.Version11,
            HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        });
    }

    public async Task FlushRedisAsync() => await EmptyAsync(Redis.Configuration, Redis.GetDatabase().Database);

    public Task IsReadyAsync() => Eventually.TrueAsync(
        async () =>
        {
            using var health = await Client(null).GetAsync("health");
            return health.StatusCode == HttpStatusCode.OK;
        });

    /// <summary>A product that only the calling test uses; published by an event and waited for.</summary>
    public async Task<int> NewProductAsync(decimal price, int stock, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastProduct);
        await PublishAsync(Described(id, price, stock, version: 1), id, 1, cancellationToken);
        await ProductBecomesAsync(id, product => product.IsKnown());
        return id;
    }

    public static ProductChanged Described(int id, decimal price, int stock, long version) =>
        new(id, $"Product {id}", "About it", price, "EUR", "Own", "Thing", stock, version);

    public Task PublishAsync(object message, int productId, long version, CancellationToken cancellationToken) => Catalog.PublishAsync(
        message switch
        {
            ProductChanged => "catalog.product-changed",
            PriceChanged => "catalog.price-changed",
            StockLevelChanged => "catalog.stock-level-changed",
            ProductDiscontinued => "catalog.product-discontinued",
            _ => throw new ArgumentOutOfRangeException(nameof(message)),
        },
        message,
        $"{productId}",
        version,
        cancellationToken);

    public Task ProductBecomesAsync(
        int id, Func<Product, bool> isExpected, [CallerArgumentExpression(nameof(isExpected))] string expectation = "") =>
        Eventually.AsksAsync(
            () => Factory.Services.GetRequiredService<ProductStore>().FindAsync(id), product => product is not null && isExpected(product),
            expectation);

    public async ValueTask DisposeAsync()
    {
        await Catalog.DisposeAsync();
        await Factory.DisposeAsync();
        Tokens.Dispose();
    }

    private static async Task EmptyAsync(string store, int? database = null)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync($"{store},allowAdmin=true");
        await redis.GetServers()[0].FlushDatabaseAsync(database ?? redis.GetDatabase().Database);
    }
}
