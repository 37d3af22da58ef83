using Aspire.Hosting.Testing;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hosting.Processes.Data;

namespace Hosting.Processes.Tests.Running;

public sealed class HealthyTests(SharedApp shared)
{
    private static readonly string[] Servers = ["database", "broker", "store", "open"];

    private static readonly string[] Loopback = ["0100007F", "00000000000000000000000001000000"];

    private DistributedApplication App => shared.App;

    [Fact]
    public async Task Postgres_ConnectionStrings_ReachItsDatabases()
    {
        Assert.Equal("things", await App.SqlAsync("things", "select current_database()"));
        Assert.Equal("Other Things", await App.SqlAsync("others", "select current_database()"));
        Assert.Equal("UTF8", await App.SqlAsync("things", "show server_encoding"));
    }

    [Fact]
    public async Task RabbitMQ_ConnectionString_CarriesAMessage() => Assert.Equal("hello", await App.BrokerAsync("broker", async channel =>
    {
        await channel.PublishAsync("greetings", "hello");
        return await channel.TakeAsync("greetings");
    }));

    [Theory]
    [InlineData("store", true)]
    [InlineData("open", false)]
    public async Task Redis_ConnectionString_Works_WithAndWithoutAPassword(string name, bool hasPassword)
    {
        Assert.Equal(hasPassword, (await App.ConnectionStringAsync(name)).Contains("password=", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("value", await App.RedisAsync(name, async redis =>
        {
            await redis.StringSetAsync("key", "value");
            return (string?)await redis.StringGetAsync("key");
        }));
    }

    [Fact]
    public async Task ManagementPlugin_AnswersTheUserOfTheModel()
    {
        using var http = App.CreateHttpClient("broker", "management");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"guest:{SharedApp.Password}")));

        var overview = JsonNode.Parse(await http.GetStringAsync("api/overview", Application.Deadline));

        Assert.Equal("broker@localhost", (string?)overview!["node"]);
    }

    [Theory]
    [InlineData("database")]
    [InlineData("broker")]
    [InlineData("store")]
    public async Task Password_IsNotInACommandLine_AndNotInTheConsoleLog(string name)
    {
        string[] secrets = [SharedApp.Password, SharedApp.OddPassword];

        Assert.DoesNotContain(ProcStat.All(), stat => secrets.Any(string.Join(' ', ProcStat.CommandLineOf(stat.Id)).Contains));
        var console = await App.ConsoleAsync(name);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, console, StringComparison.Ordinal));
    }

    [Fact]
    public void Servers_ListenOnLoopbackOnly()
    {
        var processes = ProcessTree.Of([.. Servers.Select(App.ScriptOf)]);

        var listeners = ProcessTree.ListenersOf(processes.Select(stat => stat.Id));

        // One of PostgreSQL, two of Redis; of RabbitMQ: AMQP, management, distribution, and the port mapper, which listens at ::1 too.
        Assert.Equal(8, listeners.Count);
        Assert.All(listeners, address => Assert.Contains(address.Split(':')[0], Loopback));
        Assert.Contains(processes, stat => stat.Name == "epmd");
    }

    [Fact]
    public void Servers_DoNotRunAsRoot()
    {
        Assert.SkipUnless(DataHome.IsRoot, "AppHost is not root's.");
        var servers = ProcessTree.Of([.. Servers.Select(App.ScriptOf)])
            .Where(stat => stat.Name is "epmd" or "beam.smp"
                || (stat.Name.StartsWith("postgres", StringComparison.Ordinal) && ProcStat.CommandLineOf(stat.Id) is not ["/bin/sh", ..])
                || stat.Name.StartsWith("redis-server", StringComparison.Ordinal))
            .ToArray();

        Assert.Equal(
            ["beam.smp", "epmd", "postgres", "redis-server"],
            servers.Select(stat => stat.Name.Split(':')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.All(servers, stat => Assert.NotEqual(0, ProcessTree.UserOf(stat.Id)));
    }
}
