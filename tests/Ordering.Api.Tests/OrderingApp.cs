using System.Net.Http.Headers;
using EventBus.Testing;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ordering.Api.Tests;

/// <summary>
/// Ordering.Api as it starts in production, on a database of its own and the in-memory broker. The test plays the other services.
/// </summary>
public sealed class OrderingApp : IAsyncDisposable
{
    /// <summary>Tokens that every one of these apps accepts.</summary>
    public static readonly TestTokens Tokens = new();

    private readonly WebApplicationFactory<Program> _factory;

    private OrderingApp(WebApplicationFactory<Program> factory, string database, World world)
    {
        (_factory, Database, World) = (factory, database, world);
    }

    public string Database { get; }

    /// <summary>The other services: what they publish and receive.</summary>
    public World World { get; }

    public IServiceProvider Services => _factory.Services;

    public static async Task<OrderingApp> StartAsync(
        CancellationToken cancellationToken, Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    {
        var servers = await SharedServers.GetAsync(cancellationToken);
        return await StartAsync(
            await servers.CreateDatabaseAsync(cancellationToken), new InMemoryBroker(), cancellationToken, services, settings);
    }

    public static async Task<OrderingApp> StartAsync(
        string database,
        InMemoryBroker broker,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? services = null,
        params (string Key, string Value)[] settings)
    {
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:orderingdb", database);
            host.UseSetting("ConnectionStrings:messaging", "amqp://localhost");
            host.UseSetting("Tokens:PublicKey", Tokens.PublicKey);
            host.UseSetting("EventBus:RetryDelays:0", "00:00:00.200");
            host.UseSetting("EventBus:SweepInterval", "00:00:00.050");
            host.UseSetting("Payments:FirstRetryDelay", "00:00:00.050");
            foreach (var (key, value) in settings)
            {
                host.UseSetting(key, value);
            }

            host.ConfigureTestServices(collection =>
            {
                collection.UseInMemoryTransport(broker);
                collection.AddDocumentedAnswers();
                services?.Invoke(collection);
            });
        });

        var app = new OrderingApp(factory, database, new World(database, broker));
        using var http = app.Anonymous();
        await Eventually.AsksAsync(
            () => http.GetStringAsync("health", cancellationToken),
            health => health.StartsWith("""{"status":"Healthy""", StringComparison.Ordinal));
        return app;
    }

    public HttpClient Anonymous() => _factory.CreateClient();

    public HttpClient As(Guid userId, Guid? guestId = null) => With(Tokens.User(userId, guestId));

    public HttpClient AsAdmin() => With(Tokens.Admin(Guid.NewGuid()));

    public HttpClient With(string token)
    {
        var client = _factory.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public ValueTask DisposeAsync() => _factory.DisposeAsync();
}
