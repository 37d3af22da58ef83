using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Catalog.Api.Stock;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Catalog.Api.Tests.Setup;

/// <summary>Catalog.Api with its own database and its own virtual host of the broker.</summary>
public sealed class CatalogApp : IAsyncDisposable
{
    private int _names;

    private CatalogApp(
        WebApplicationFactory<Program> factory, CapturedTelemetry telemetry, TestTokens tokens, string database, OtherServices others)
    {
        (Factory, Telemetry, Tokens, Database, Others) = (factory, telemetry, tokens, database, others);
        Anyone = factory.CreateClient();
        Admin = factory.CreateClient();
        Admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Admin(AdminId));
        User = factory.CreateClient();
        User.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens.User(UserId));
    }

    public WebApplicationFactory<Program> Factory { get; }

    internal CapturedTelemetry Telemetry { get; }

    public TestTokens Tokens { get; }

    public string Database { get; }

    public OtherServices Others { get; }

    public HttpClient Anyone { get; }

    public Guid UserId { get; } = Guid.NewGuid();

    public HttpClient User { get; }

    public Guid AdminId { get; } = Guid.NewGuid();

    public HttpClient Admin { get; }

    public static async Task<CatalogApp> StartAsync(
        ShopServers servers,
        (string Name, string Value)[] settings,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? services = null)
    {
        var database = await servers.CreateDatabaseAsync(cancellationToken);
        var messaging = await servers.CreateVirtualHostAsync(cancellationToken);
        var tokens = new TestTokens();
        var telemetry = new CapturedTelemetry();
        var factory = CreateFactory(tokens, database, messaging, settings)
            .WithWebHostBuilder(builder => builder.ConfigureTestServices(collection =>
            {
                telemetry.AddTo(collection);
                services?.Invoke(collection);
            }));
        factory.StartServer();
        return new CatalogApp(factory, telemetry, tokens, database, await OtherServices.ConnectAsync(messaging, cancellationToken));
    }

    public static WebApplicationFactory<Program> CreateFactory(
        TestTokens tokens, string database, string messaging, params (string Name, string Value)[] settings) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.ConfigureServices(services => services.AddDocumentedAnswers());
            builder
                .UseSetting("ConnectionStrings:catalogdb", database)
                .UseSetting("ConnectionStrings:messaging", messaging)
                .UseSetting("Tokens:PublicKey", tokens.PublicKey)
                .UseSetting("RateLimits:RequestsPerSecond", "0");
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }
        });

    /// <summary>Creates a product that no other test uses, and returns its id.</summary>
    public async Task<int> NewProductAsync(int stock, CancellationToken cancellationToken, decimal price = 20m)
    {
        using var response = await Admin.PostAsJsonAsync(
            "api/catalog/items", Body($"Specimen {Interlocked.Increment(ref _names)}", price, stock), cancellationToken);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        return int.Parse(response.Headers.Location!.OriginalString.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    public static object Body(string name, decimal price = 20m, int stock = 10, int? id = null) => new
    {
        id,
        name,
        description = "Made for a test.",
        price,
        catalogTypeId = 1,
        catalogBrandId = 1,
        availableStock = stock,
    };

    public async Task<JsonNode> ItemAsync(int id, CancellationToken cancellationToken) =>
        await GetAsync($"api/catalog/items/{id}", cancellationToken);

    public async Task<int> StockAsync(int id, CancellationToken cancellationToken) =>
        (int)(await ItemAsync(id, cancellationToken))["availableStock"]!;

    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        (await Anyone.GetFromJsonAsync<JsonNode>(path, cancellationToken))!;

    public async Task<T> QueryAsync<T>(Func<CatalogContext, Task<T>> query)
    {
        await using var scope = Factory.Services.CreateAsyncScope();
        return await query(scope.ServiceProvider.GetRequiredService<CatalogContext>());
    }

    public Task<HoldStatus?> HoldStatusAsync(Guid orderId, CancellationToken cancellationToken) => QueryAsync(db =>
        db.Holds.Where(hold => hold.OrderId == orderId).Select(hold => (HoldStatus?)hold.Status).SingleOrDefaultAsync(cancellationToken));

    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        await Others.DisposeAsync();
        await Factory.DisposeAsync();
        Tokens.Dispose();
    }
}
