using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using EventBus.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Servers;
using WebApp.Identity;
using WebApp.Identity.Links;

namespace WebApp.Tests.Setup;

/// <summary>
/// WebApp on real servers, but for the broker, which is in memory unless the test asks for RabbitMQ. <see cref="FakeServices"/> stands in
/// for the other services.
/// </summary>
public sealed partial class Shop : WebApplicationFactory<Program>
{
    public const string AdminEmail = "admin@shop.localhost";
    public const string AdminPassword = "correct horse of an admin";
    public const string PublicUrl = "https://shop.example";

    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _services;

    // Null with RabbitMQ.
    private readonly InMemoryBroker? _broker;
    private readonly Postbox _mail;
    private readonly CapturedTelemetry _telemetry = new();
    private TestClock _clock = new();
    private bool _isReplica;

    private Shop(Dictionary<string, string?> settings, Postbox mail, InMemoryBroker? broker, Action<IServiceCollection>? services) =>
        (_settings, _mail, _broker, _services) = (settings, mail, broker, services);

    public FakeServices Fakes { get; } = new();

    public TestClock Clock => Own(_clock);

    /// <summary>The mail server, which all replicas share.</summary>
    public Postbox Mail => Own(_mail);

    /// <summary>The other services' messages; not with RabbitMQ.</summary>
    public InMemoryBroker Broker => Own(_broker) ?? throw new InvalidOperationException("This shop uses RabbitMQ.");

    /// <summary>What the shop logs and exports from its start on.</summary>
    internal CapturedTelemetry Telemetry => Own(_telemetry);

    public static readonly ECDsa SigningKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static Task<Shop> OpenAsync(
        TestServers servers, Action<Dictionary<string, string?>>? change = null, Action<IServiceCollection>? services = null) =>
        OpenAsync(servers, "amqp://localhost", new InMemoryBroker(), change, services);

    /// <summary>The shop with RabbitMQ.</summary>
    public static async Task<Shop> OpenOnRabbitMqAsync(
        TestServers servers, Action<Dictionary<string, string?>>? change = null, Action<IServiceCollection>? services = null) =>
        await OpenAsync(
            servers, await CreateBrokerAsync(servers.Servers, TestContext.Current.CancellationToken), broker: null, change, services);

    /// <summary>Starts the shop with RabbitMQ, and receives the events that it publishes from now on.</summary>
    public async Task<Stranger> ListenAsync(CancellationToken cancellationToken)
    {
        _ = Server;
        var broker = await Stranger.ConnectAsync(this["ConnectionStrings:messaging"], cancellationToken);
        await broker.ListenAsync(["webapp"], [("events", "#")], cancellationToken);
        return broker;
    }

    /// <summary>A second replica of the same shop.</summary>
    public Shop OpenReplica(Action<Dictionary<string, string?>>? change = null)
    {
        var settings = new Dictionary<string, string?>(Own(_settings));
        change?.Invoke(settings);
        return new Shop(settings, _mail, _broker, _services) { _clock = _clock, _isReplica = true };
    }

    /// <summary>Closes the shop, or gives it back if it is borrowed.</summary>
#pragma warning disable CA2215 // A borrowed shop runs until its pool is closed.
    public override ValueTask DisposeAsync() => _giveBack is { } giveBack ? ReturnAsync(giveBack) : CloseAsync();
#pragma warning restore CA2215

    internal async ValueTask CloseAsync()
    {
        await base.DisposeAsync();
        if (!_isReplica)
        {
            await _mail.DisposeAsync();
        }
    }

    public string this[string setting] => _settings[setting]!;

    /// <summary>The path of the link in the mail to a new account; null when the address has none that waits for it.</summary>
    public async Task<string?> FindConfirmationAsync(string email)
    {
        await using var scope = Services.CreateAsyncScope();
        var user = await scope.ServiceProvider.GetRequiredService<UserManager<ShopUser>>().FindByEmailAsync(email.Trim());
        return user is { EmailConfirmed: false }
            ? scope.ServiceProvider.GetRequiredService<AccountLinks>().Make(LinkPurpose.ConfirmAddress, user)
            : null;
    }

    /// <summary>Confirms the address of a new account, as a program.</summary>
    public async Task ConfirmAsync(HttpClient http, string email, string password)
    {
        var secret = (await FindConfirmationAsync(email))!.Split("secret=")[1];
        using var response = await http.PostAsJsonAsync(
            "/api/identity/confirm", new { secret, password }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.UseEnvironment("Production");
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => Fakes));
            if (_giveBack is null)
            {
                _telemetry.AddTo(services);
            }
            else
            {
                services.ConfigureAll<HttpStandardResilienceOptions>(options => options.CircuitBreaker.ManualControl = _circuits);
            }

            // A hash takes 100 ms of a processor on purpose. It is the same for all passwords, so comparisons of times stay valid.
            services.Configure<PasswordHasherOptions>(hashes => hashes.IterationCount = 1000);
            if (_broker is not null)
            {
                services.UseInMemoryTransport(_broker);
            }

            _services?.Invoke(services);
        });
    }

    private static async Task<Shop> OpenAsync(
        TestServers servers,
        string messaging,
        InMemoryBroker? broker,
        Action<Dictionary<string, string?>>? change,
        Action<IServiceCollection>? services)
    {
        var mail = await Postbox.OpenAsync();
        var settings = await SettingsAsync(servers.Servers, mail, messaging);
        change?.Invoke(settings);
        return new Shop(settings, mail, broker, services);
    }

    /// <summary>
    /// WebApp's own account, because it accepts its commands from nobody else. It may publish in the name of others, which the tests play.
    /// </summary>
    private static async Task<string> CreateBrokerAsync(ShopServers servers, CancellationToken cancellationToken) =>
        await servers.CreateAccountAsync(
            new Uri(await servers.CreateVirtualHostAsync(cancellationToken)), "webapp", new BrokerRights(Tags: "impersonator"),
            cancellationToken);

    private static async Task<Dictionary<string, string?>> SettingsAsync(ShopServers servers, Postbox mail, string messaging)
    {
        var stop = TestContext.Current.CancellationToken;
        return new()
        {
            ["ConnectionStrings:identitydb"] = await MigratedDatabase.CreateAsync(servers, stop),
            ["ConnectionStrings:messaging"] = messaging,
            ["ConnectionStrings:cache"] = servers.CreateRedisDatabase(),
            ["ConnectionStrings:mail"] = mail.Address,
            ["Shop:PublicUrl"] = PublicUrl,
            ["Tokens:SigningKey"] = Convert.ToBase64String(SigningKey.ExportPkcs8PrivateKey()),
            ["Admin:Password"] = AdminPassword,
            ["Identity:RequireSecondFactor"] = "false",
            ["Identity:PasswordTokens"] = "true",
            ["Logging:LogLevel:Default"] = "Error",
            ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "None",
            ["services:catalog-api:http:0"] = "http://catalog.test",
            ["services:basket-api:http:0"] = "http://basket.test",
            ["services:ordering-api:http:0"] = "http://ordering.test",
        };
    }
}
