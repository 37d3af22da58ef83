using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hosting.Processes.Tests;

/// <summary>Starts applications of the tests.</summary>
internal static class Application
{
    public static CancellationToken Deadline => TestContext.Current.CancellationToken;

    public static async Task<DistributedApplication> StartAsync(Action<IDistributedApplicationBuilder> add, params string[] arguments)
    {
        var builder = DistributedApplicationTestingBuilder.Create(arguments);
        builder.Services.AddLogging(
            logging => logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Hosting.Processes.Tests.Resources", LogLevel.None));
        add(builder);
        UseNoDeveloperCertificate(builder);
        var app = await builder.BuildAsync(Deadline);
        try
        {
            await app.StartAsync(Deadline);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    // If this machine has a development certificate, Redis would use TLS with it. TLS is tested in TlsTests, with its own certificate.
    private static void UseNoDeveloperCertificate(IDistributedApplicationBuilder builder)
    {
#pragma warning disable ASPIRECERTIFICATES001 // Not final in Aspire 13.6.
        foreach (var redis in builder.Resources.OfType<RedisResource>()
            .Where(redis => !redis.HasAnnotationOfType<HttpsCertificateAnnotation>()).ToArray())
        {
            builder.CreateResourceBuilder(redis).WithoutHttpsCertificate();
        }
#pragma warning restore ASPIRECERTIFICATES001
    }

    /// <summary>Starts an application and waits until the resources are healthy.</summary>
    public static async Task<DistributedApplication> StartHealthyAsync(
        string[] names, Action<IDistributedApplicationBuilder> add, params string[] arguments)
    {
        var app = await StartAsync(add, arguments);
        try
        {
            await Task.WhenAll(names.Select(name => app.HealthyAsync(name)));
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one server, which must refuse to start, and returns its console log.</summary>
    public static async Task<string> RefusalAsync(string name, Action<IDistributedApplicationBuilder> add)
    {
        await using var app = await StartAsync(add);
        var ended = await app.ResourceNotifications.WaitForResourceAsync(
            name, change => KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text),
            Deadline).WaitAsync(TimeSpan.FromSeconds(90), Deadline);
        Assert.Equal(1, ended.Snapshot.ExitCode);
        return await app.ConsoleAsync(name);
    }

    /// <summary>When the resource ends instead, the failure quotes its state and its log.</summary>
    public static async Task HealthyAsync(this DistributedApplication app, string name)
    {
        try
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(name, WaitBehavior.StopOnResourceUnavailable, Deadline)
                .WaitAsync(TimeSpan.FromSeconds(90), Deadline);
        }
        catch (DistributedApplicationException ended)
        {
            throw new InvalidOperationException($"{app.Snapshot(name)}\n{await app.ConsoleAsync(name)}", ended);
        }
    }

    public static Task StateAsync(this DistributedApplication app, string name, string state) =>
        app.ResourceNotifications.WaitForResourceAsync(name, state, Deadline).WaitAsync(TimeSpan.FromSeconds(90), Deadline);

    public static CustomResourceSnapshot Snapshot(this DistributedApplication app, string name) =>
        app.ResourceNotifications.TryGetCurrentState(name, out var current)
            ? current.Snapshot
            : throw new InvalidOperationException($"'{name}' is unknown.");

    /// <summary>The process of the script that runs a server.</summary>
    public static int ScriptOf(this DistributedApplication app, string name) =>
        Convert.ToInt32(
            app.Snapshot(name).Properties.Single(property => property.Name == "executable.pid").Value,
            System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The folder of a server in this run.</summary>
    public static string WorkingDirectoryOf(this DistributedApplication app, string name) =>
        app.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .OfType<ExecutableResource>()
            .Single(resource => resource.Name == name).WorkingDirectory;

    public static async Task<string> ConnectionStringAsync(this DistributedApplication app, string name) =>
        (await app.GetConnectionStringAsync(name, Deadline))!;

    public static async Task CommandAsync(this DistributedApplication app, string name, string command) =>
        Assert.True((await app.ResourceCommands.ExecuteCommandAsync(name, command, Deadline)).Success, $"{command} {name}");

    /// <summary>The present content of a resource's console log.</summary>
    public static async Task<string> ConsoleAsync(this DistributedApplication app, string name)
    {
        var lines = new List<string>();
        await foreach (
            var batch in app.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(app.IdOf(name)).WithCancellation(Deadline))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return string.Join('\n', lines);
    }

    private static string IdOf(this DistributedApplication app, string name) =>
        app.ResourceNotifications.TryGetCurrentState(name, out var current)
            ? current.ResourceId
            : throw new InvalidOperationException($"'{name}' is unknown.");
}
