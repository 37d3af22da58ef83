using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Servers;

/// <summary>
/// The PostgreSQL, RabbitMQ and Redis servers of AppHost, without its apps, for one test assembly. Each test gets its own database, virtual
/// host or Redis database.
/// </summary>
public sealed class ShopServers : IAsyncDisposable
{
    private const int RedisDatabases = 1024;
    private static readonly string[] Names = ["postgres", "messaging", "basketstore"];

    private readonly DistributedApplication _app;
    private readonly string _postgres;
    private readonly Uri _messaging;
    private readonly string _redis;
    private readonly ConcurrentDictionary<string, Lazy<Task>> _accounts = new();
    private int _redisDatabase;

    private ShopServers(DistributedApplication app, string postgres, string messaging, string redis)
    {
        _app = app;
        _postgres = postgres;
        _messaging = new Uri(messaging);
        _redis = redis;
    }

    public static async Task<ShopServers> StartAsync(CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Shop:Volumes=false"], cancellationToken);

        foreach (var resource in builder.Resources.Where(resource => !Names.Contains(resource.Name)).ToArray())
        {
            if (resource is not ParameterResource)
            {
                builder.Resources.Remove(resource);
            }
        }

        // The servers' logs would hide the output of tests and benchmarks.
        builder.Services.AddLogging(logging => logging.AddFilter("AppHost.Resources", LogLevel.None));
        builder.CreateResourceBuilder(builder.Resources.OfType<RedisResource>().Single()).WithArgs("--databases", $"{RedisDatabases}");

        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        await Task.WhenAll(Names.Select(name => app.ResourceNotifications.WaitForResourceHealthyAsync(name, cancellationToken)));

        return new ShopServers(
            app, await AddressAsync("postgres"), await AddressAsync("messaging"), await AddressAsync("basketstore"));

        async Task<string> AddressAsync(string name) => (await app.GetConnectionStringAsync(name, cancellationToken))!;
    }

    /// <summary>
    /// Creates a PostgreSQL database and returns its connection string. Its pool closes idle connections quickly, because all tests
    /// together share the server's limited number of connections.
    /// </summary>
    /// <param name="template">The name of a database without connections to copy; null for an empty one.</param>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken, string? template = null)
    {
        var name = $"test_{Guid.NewGuid():n}";
        await using var connection = new NpgsqlConnection(_postgres);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"create database {name} template {template ?? "template1"}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return $"{_postgres};Database={name};Maximum Pool Size=20;Connection Idle Lifetime=2;Connection Pruning Interval=1";
    }

    /// <summary>Returns the connection string of a PostgreSQL database that does not exist yet.</summary>
    public string MissingDatabase() =>
        $"{_postgres};Database=test_{Guid.NewGuid():n};Maximum Pool Size=10;Connection Idle Lifetime=2;Connection Pruning Interval=1";

    /// <summary>
    /// Creates an empty RabbitMQ virtual host and returns its AMQP URI. Its account may publish in the name of any other, because a test
    /// plays the other services.
    /// </summary>
    public async Task<string> CreateVirtualHostAsync(CancellationToken cancellationToken)
    {
        var name = $"test-{Guid.NewGuid():n}";
        using var http = ManageBroker();
        using var created = await http.PutAsync($"api/vhosts/{name}", content: null, cancellationToken);
        created.EnsureSuccessStatusCode();
        return await CreateAccountAsync(
            new UriBuilder(_messaging) { Path = name }.Uri, "tests", new BrokerRights(Tags: "impersonator"), cancellationToken);
    }

    /// <summary>Creates an account for a virtual host of RabbitMQ and returns its AMQP URI.</summary>
    /// <param name="virtualHost">An AMQP URI of the virtual host.</param>
    /// <param name="name">The account, which exists once at the broker.</param>
    /// <param name="rights">Its rights.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public async Task<string> CreateAccountAsync(
        Uri virtualHost, string name, BrokerRights rights, CancellationToken cancellationToken)
    {
        var password = Uri.UnescapeDataString(_messaging.UserInfo).Split(':')[1];
        using var http = ManageBroker();
        await _accounts.GetOrAdd(name, _ => new Lazy<Task>(CreateAsync)).Value;
        using var permitted = await http.PutAsJsonAsync(
            $"api/permissions{virtualHost.AbsolutePath}/{name}",
            new { configure = rights.Configure, write = rights.Write, read = rights.Read },
            cancellationToken);
        permitted.EnsureSuccessStatusCode();
        return new UriBuilder(virtualHost) { UserName = name, Password = Uri.EscapeDataString(password) }.Uri.ToString();

        // Once: while an account is written again, the broker does not know it.
        async Task CreateAsync()
        {
            using var account = await http.PutAsJsonAsync($"api/users/{name}", new { password, tags = rights.Tags }, cancellationToken);
            account.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Returns the connection string of a Redis database that no other test of this assembly uses.</summary>
    public string CreateRedisDatabase() => $"{_redis},defaultDatabase={Interlocked.Increment(ref _redisDatabase)}";

    /// <summary>Kills a server with SIGKILL and starts it again, with its data. Needs servers that are processes of this machine.</summary>
    public async Task KillAsync(string name, CancellationToken cancellationToken)
    {
        using (var process = Process.GetProcessById(ProcessOf(name)))
        {
            process.Kill();
        }

        // The pooled connections to the killed server are broken.
        NpgsqlConnection.ClearAllPools();
        await _app.ResourceNotifications.WaitForResourceAsync(name, KnownResourceStates.TerminalStates, cancellationToken);
        var started = await _app.ResourceCommands.ExecuteCommandAsync(name, KnownResourceCommands.StartCommand, cancellationToken);
        if (!started.Success)
        {
            throw new InvalidOperationException($"'{name}' did not start again: {started.Message}");
        }

        await _app.ResourceNotifications.WaitForResourceHealthyAsync(name, cancellationToken);
    }

    /// <summary>Runs <c>rabbitmqctl</c> on the broker. Needs servers that are processes of this machine.</summary>
    public async Task ControlBrokerAsync(string[] arguments, CancellationToken cancellationToken)
    {
        // The broker's environment variables have its node name and the location of its cookie, which rabbitmqctl needs.
        var environment = (await File.ReadAllTextAsync($"/proc/{ProcessOf("messaging")}/environ", cancellationToken))
            .Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=', 2));
        var start = new ProcessStartInfo("/usr/lib/rabbitmq/bin/rabbitmqctl", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var variable in environment)
        {
            start.Environment[variable[0]] = variable[1];
        }

        using var control = Process.Start(start)!;
        var said = await Task.WhenAll(
            control.StandardOutput.ReadToEndAsync(cancellationToken), control.StandardError.ReadToEndAsync(cancellationToken));
        await control.WaitForExitAsync(cancellationToken);
        if (control.ExitCode != 0)
        {
            throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {string.Join('\n', said)}");
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private HttpClient ManageBroker()
    {
        var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(_messaging.UserInfo));
        return new HttpClient
        {
            BaseAddress = _app.GetEndpoint("messaging", "management"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials)) },
        };
    }

    // Aspire knows the script that started the server. The script has another child process: Erlang's port mapper.
    private int ProcessOf(string name) => _app.ProcessIdOf(name) is { } script
        ? ServerOf(script)
        : throw new NotSupportedException($"'{name}' is not a process of this machine: set Shop:Servers to 'processes'.");

    private static int ServerOf(int script) => ProcessTree.Everything()
        .Where(process => process.Parent == script && Path.GetFileName(ProcessTree.CommandLineOf(process.Id)[0]) != "epmd")
        .Single().Id;
}
