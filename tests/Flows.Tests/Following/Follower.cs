using System.Collections.Concurrent;
using Flows.Following;
using Flows.Tests.Scenarios;
using Flows.Traces;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Flows.Tests.Following;

/// <summary>A follower without the rest of the application, with its log.</summary>
internal sealed class Follower : ILogger<DashboardFollower>, IAsyncDisposable
{
    private readonly TelemetryApi _api;
    private readonly DashboardFollower _follower;

    public Follower(string address, string key)
    {
        var options = FlowsConfiguration.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Flows:Dashboard:Url"] = address,
            ["Flows:Dashboard:ApiKey"] = key,
        }).Build());
        _api = new TelemetryApi(options);
        Traces = new TraceStore(options.Limits);
        _follower = new DashboardFollower(_api, Intakes.Of(Traces), State, TimeProvider.System, this);
    }

    public TraceStore Traces { get; }

    public FollowState State { get; } = new();

    public ConcurrentQueue<(LogLevel Level, string Text)> Logged { get; } = [];

    public Task StartAsync() => _follower.StartAsync(TestContext.Current.CancellationToken);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Logged.Enqueue((logLevel, formatter(state, exception)));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public async ValueTask DisposeAsync()
    {
        await _follower.StopAsync(CancellationToken.None);
        _follower.Dispose();
        _api.Dispose();
    }
}
