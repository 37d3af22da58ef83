using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Flows.Testing;
using Servers;

[assembly: AssemblyFixture(typeof(Journeys.Shop))]

namespace Journeys;

/// <summary>The whole system with Flows, started once from AppHost, on free ports and with empty databases.</summary>
public class Shop : IAsyncLifetime
{
    public const string AdminPassword = "Journeys-of-an-admin-1";
    internal static readonly string[] Apps = ["catalog-api", "basket-api", "ordering-api", "webapp"];

    private readonly ConsoleCopy _console = new();
    private DistributedApplication? _app;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The shop is not started.");

    /// <summary>The messages of all services.</summary>
    public FlowsClient Flows { get; private set; } = null!;

    /// <summary>The address of the gateway, the only part with a public address in a deployment.</summary>
    public Uri Address => AddressOf("webapp");

    /// <summary>What AppHost has printed.</summary>
    public string Printed => _console.ToString();

    public Uri AddressOf(string app) => App.GetEndpoint(app, "http");

    /// <summary>Settings of AppHost besides those of every run.</summary>
    protected virtual string[] Settings => [];

    public virtual async ValueTask InitializeAsync()
    {
        Console.SetOut(_console);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--Shop:Volumes=false", $"--Parameters:admin-password={AdminPassword}", .. Settings],
            // Flows follows Aspire's dashboard.
            (options, _) => options.DisableDashboard = false,
            deadline.Token);

        foreach (var project in builder.Resources.OfType<ProjectResource>().ToArray())
        {
            // Spans are sent each second by default; journeys wait for them.
            builder.CreateResourceBuilder(project).WithEnvironment("OTEL_BSP_SCHEDULE_DELAY", "100");
        }

        _app = await builder.BuildAsync(deadline.Token);
        await _app.StartAsync(deadline.Token);
        await Task.WhenAll(Apps.Select(app => _app.ResourceNotifications.WaitForResourceHealthyAsync(app, deadline.Token)));
        Flows = await FlowsClient.ConnectAsync(_app, cancellationToken: deadline.Token);
        // On a busy machine, the first messages of the apps take long.
        Flows.Timeout = TimeSpan.FromMinutes(1);
    }

    /// <summary>Someone without an account.</summary>
    public async Task<Shopper> GuestAsync(CancellationToken cancellationToken) =>
        await Shopper.FromTokenEndpointAsync(this, "api/identity/guest", body: null, cancellationToken);

    /// <summary>Someone who just registered, with a new e-mail address.</summary>
    /// <param name="guest">Who the person was until now; null for a new one.</param>
    public async Task<Shopper> NewCustomerAsync(CancellationToken cancellationToken, Shopper? guest = null)
    {
        var account = new { email = $"{Guid.NewGuid():n}@example.com", password = "Correct-horse-1", name = "Ada Journey" };
        await NewAccount.OpenAsync(
            Address, AddressOf("mail-sink"), (await AdminAsync(cancellationToken)).Token, account.email, account.password, account.name,
            cancellationToken);
        return await Shopper.FromTokenEndpointAsync(this, "api/identity/token", account, cancellationToken, guest);
    }

    public async Task<Shopper> AdminAsync(CancellationToken cancellationToken) =>
        await Shopper.FromTokenEndpointAsync(
            this, "api/identity/token", new { email = "admin@shop.localhost", password = AdminPassword }, cancellationToken);

    /// <summary>
    /// Waits until an app is healthy. Asks the app itself: Aspire asks a healthy app seldom, and shows what it answered then.
    /// </summary>
    public async Task AnswersHealthyAsync(string app, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        using var http = new HttpClient { BaseAddress = AddressOf(app) };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            using var response = await http.GetAsync("health", deadline.Token);
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            await Flows.DisposeAsync();
            await _app.DisposeAsync();
        }
    }
}
