using System.Net.Http.Headers;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Ordering.Api.Tests;

/// <summary>
/// Ordering.Api as it starts in production, on a database and a virtual host of its own, with the world around it played by the test.
/// </summary>
public sealed class OrderingApp : IAsyncDisposable
{
    /// <summary>Tokens that every one of these apps accepts.</summary>
    public static readonly TestTokens Tokens = new();

    private readonly WebApplicationFactory<Program> _factory;

    private OrderingApp(WebApplicationFactory<Program> factory, string database, string messaging, World world)
    {
        (_factory, Database, Messaging, World) = (factory, database, messaging, world);
    }

    public string Database { get; }

    public string Messaging { get; }

    /// <summary>The other services: what they tell and what they hear.</summary>
    public World World { get; }

    public IServiceProvider Services => _factory.Services;

    public static async Task<OrderingApp> StartAsync(
        CancellationToken cancellationToken, Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    {
        var servers = await SharedServers.GetAsync(cancellationToken);
        return await StartAsync(
            await servers.CreateDatabaseAsync(cancellationToken),
            await servers.CreateVirtualHostAsync(cancellationToken),
            cancellationToken,
            services,
            settings);
    }

    public static async Task<OrderingApp> StartAsync(
        string database,
        string messaging,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? services = null,
        params (string Key, string Value)[] settings)
    {
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:orderingdb", database);
            host.UseSetting("ConnectionStrings:messaging", messaging);
            host.UseSetting("Tokens:PublicKey", Tokens.PublicKey);
            host.UseSetting("EventBus:RetryDelays:0", "00:00:00.200");
            host.UseSetting("EventBus:SweepInterval", "00:00:00.050");
            host.UseSetting("Payments:FirstRetryDelay", "00:00:00.050");
            foreach (var (key, value) in settings)
            {
                host.UseSetting(key, value);
            }

            host.ConfigureTestServices(services ?? (_ => { }));
        });

        var world = new World(database, messaging);
        var app = new OrderingApp(factory, database, messaging, world);
        using var http = app.Anonymous();
        await Eventually.AsksAsync(
            () => http.GetStringAsync("health", cancellationToken),
            health => health.StartsWith("""{"status":"Healthy""", StringComparison.Ordinal)); // Not yet: Degraded, without the broker.
        await world.ListenAsync(cancellationToken);
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

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        await _factory.DisposeAsync();
    }
}
