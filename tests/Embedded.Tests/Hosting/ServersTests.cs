using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using StackExchange.Redis;

namespace Embedded.Tests.Hosting;

public sealed class ServersTests(Whole whole)
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postgres_Database_IsCreatedAndAsksForThePassword()
    {
        var text = await whole.App.GetConnectionStringAsync("shop-db", Deadline);
        await using var connection = new NpgsqlConnection(text);
        await connection.OpenAsync(Deadline);
        await using var command = new NpgsqlCommand("select current_database()", connection);

        Assert.Equal("shop \"data\"", await command.ExecuteScalarAsync(Deadline));

        await using var stranger = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(text) { Password = "guessed" }.ConnectionString);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => stranger.OpenAsync(Deadline));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task RabbitMQ_KnownPassword_IsRefused()
    {
        var uri = new Uri((await whole.App.GetConnectionStringAsync("messaging", Deadline))!);
        await using var connection = await new ConnectionFactory { Uri = uri }.CreateConnectionAsync(Deadline);
        Assert.True(connection.IsOpen);

        var guessed = new ConnectionFactory { HostName = uri.Host, Port = uri.Port, UserName = "guest", Password = "guest" };
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => guessed.CreateConnectionAsync(Deadline));
    }

    [Fact]
    public async Task RabbitMQ_ManagementPlugin_AnswersItsUser()
    {
        var uri = new Uri((await whole.App.GetConnectionStringAsync("messaging", Deadline))!);
        using var client = whole.App.CreateHttpClient("messaging", "management");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo))));

        using var response = await client.GetAsync("/api/overview", Deadline);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Redis_ModelsArguments_AreHonoured()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync((await whole.App.GetConnectionStringAsync("store", Deadline))! + ",allowAdmin=true");

        var settings = await redis.GetServers()[0].ConfigGetAsync("appendonly");

        Assert.Equal("yes", settings.Single().Value);
    }

    [Fact]
    public async Task Secrets_OfEveryKind_AreInNoArgumentsAndNoConsole()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var model = whole.App.Services.GetRequiredService<DistributedApplicationModel>();
        string[] secrets =
        [
            "a-secret-that-nobody-sees",
            ((PostgresServerResource)Find("postgres")).PasswordParameter.Value,
            ((RabbitMQServerResource)Find("messaging")).PasswordParameter.Value,
            ((RedisResource)Find("store")).PasswordParameter!.Value,
        ];

        foreach (var process in ProcStat.All())
        {
            Assert.DoesNotContain(secrets, secret => CommandLineOf(process.Id).Contains(secret, StringComparison.Ordinal));
        }

        var logs = whole.App.Services.GetRequiredService<ResourceLoggerService>();
        foreach (var name in model.Resources.Select(resource => resource.Name))
        {
            await foreach (var lines in logs.GetAllAsync(name))
            {
                Assert.DoesNotContain(lines, line => secrets.Any(secret => line.Content.Contains(secret, StringComparison.Ordinal)));
            }
        }

        Assert.True(whole.App.ResourceNotifications.TryGetCurrentState("probe", out var probe));
        Assert.DoesNotContain(probe.Snapshot.EnvironmentVariables, variable => secrets.Any(secret => variable.Value!.Contains(secret, StringComparison.Ordinal)));

        IResource Find(string name) => model.Resources.Single(resource => resource.Name == name);
    }

    [Fact]
    public void Listeners_OfEveryProcess_AreOnLoopback()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var sessions = ProcessesOfThisTest().ToHashSet();
        var sockets = ProcStat.All().Where(stat => sessions.Contains(stat.Session)).SelectMany(stat => SocketsOf(stat.Id)).ToHashSet();

        string[] elsewhere = [.. Listening("/proc/net/tcp", "0100007F"), .. Listening("/proc/net/tcp6", "00000000000000000000000001000000")];

        Assert.NotEmpty(sockets);
        Assert.DoesNotContain(elsewhere, sockets.Contains);
    }

    private static IEnumerable<string> Listening(string file, string loopback) => File.ReadLines(file).Skip(1)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(fields => fields[3] == "0A" && !fields[1].StartsWith(loopback, StringComparison.Ordinal))
        .Select(fields => $"socket:[{fields[9]}]");

    // Every process that the engine starts is the leader of a session of its own, and a child of this one.
    private static IEnumerable<int> ProcessesOfThisTest() => ProcStat.All().Where(stat => stat.Id == stat.Session && ParentOf(stat.Id) == Environment.ProcessId)
        .Select(stat => stat.Id);

    private static int ParentOf(int id)
    {
        var line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("PPid:", StringComparison.Ordinal));
        return int.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture);
    }

    private static string CommandLineOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static IEnumerable<string> SocketsOf(int id)
    {
        try
        {
            return [.. Directory.EnumerateFiles($"/proc/{id}/fd").Select(file => new FileInfo(file).LinkTarget).OfType<string>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
