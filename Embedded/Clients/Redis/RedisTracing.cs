using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using StackExchange.Redis;
using StackExchange.Redis.Profiling;

namespace Aspire.StackExchange.Redis;

/// <summary>
/// Turns the client's profile of commands into spans below the span that was current when the command was sent. Stands where Aspire uses
/// <c>OpenTelemetry.Instrumentation.StackExchangeRedis</c> and keeps its source name.
/// </summary>
internal sealed class RedisTracing : IDisposable
{
    internal const string SourceName = "OpenTelemetry.Instrumentation.StackExchangeRedis";
    private static readonly TimeSpan DrainInterval = TimeSpan.FromSeconds(1);
    private static readonly ActivitySource Source = new(SourceName);

    private readonly ConcurrentDictionary<Activity, ProfilingSession> _sessions = [];
    private readonly ITimer _timer;

    public RedisTracing(TimeProvider? time = null) =>
        _timer = (time ?? TimeProvider.System).CreateTimer(_ => Drain(), state: null, DrainInterval, DrainInterval);

    public void Watch(IConnectionMultiplexer connection) => connection.RegisterProfiler(CurrentSession);

    public void Dispose()
    {
        _timer.Dispose();
        Drain();
    }

    // Commands outside any recorded span, such as the client's own keep-alives, are not profiled at all.
    private ProfilingSession? CurrentSession() =>
        Activity.Current is { Recorded: true } parent && Source.HasListeners()
            ? _sessions.GetOrAdd(parent, static _ => new ProfilingSession())
            : null;

    private void Drain()
    {
        foreach (var (parent, session) in _sessions)
        {
            // Asked before the commands are taken: what comes in between is taken next time.
            var isOver = parent.IsStopped;
            var commands = session.FinishProfiling().ToList();
            commands.ForEach(command => Emit(parent, command));

            if (isOver && commands.Count == 0)
            {
                _sessions.TryRemove(parent, out _);
            }
        }
    }

    private static void Emit(Activity parent, IProfiledCommand command)
    {
        var start = new DateTimeOffset(command.CommandCreated.ToUniversalTime());
        using var activity = Source.StartActivity(command.Command, ActivityKind.Client, parent.Context, startTime: start);
        activity?.SetTag("db.system.name", "redis")
            .SetTag("db.operation.name", command.Command)
            .SetTag("db.namespace", command.Db.ToString(System.Globalization.CultureInfo.InvariantCulture))
            .SetTag("server.address", Address(command.EndPoint))
            .SetTag("server.port", (command.EndPoint as IPEndPoint)?.Port ?? (command.EndPoint as DnsEndPoint)?.Port)
            .SetEndTime((start + command.ElapsedTime).UtcDateTime);
    }

    private static string? Address(EndPoint? endPoint) => endPoint switch
    {
        DnsEndPoint dns => dns.Host,
        IPEndPoint ip => ip.Address.ToString(),
        _ => endPoint?.ToString(),
    };
}
