using EventBus.Consuming;
using EventBus.Outbox;
using EventBus.Telemetry;
using EventBus.Transport;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventBus.Health;

/// <summary>
/// Degraded while the broker is away, its topology is not ours, messages have no receiver or a transaction keeps the outbox from being cleaned up:
/// the service still answers its clients and keeps what it has to tell.
/// Unhealthy when the broker is there and the relay or a consumer makes no progress all the same.
/// </summary>
internal sealed class EventBusHealthCheck(
    ITransport transport, RelayService relay, ConsumerService consumers, BusMetrics metrics, EventBusOptions options, TimeProvider time) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = transport.Health;
        string[] stuck = health.DownSince is null ? [.. Stuck()] : [];

        string[] problems = [.. health.Problems, .. Waiting(), .. LongTransaction()];

        var result = (stuck, problems) switch
        {
            ({ Length: > 0 }, _) => HealthCheckResult.Unhealthy(string.Join("; ", stuck.Concat(problems))),
            (_, { Length: > 0 }) => HealthCheckResult.Degraded(string.Join("; ", problems)),
            _ => HealthCheckResult.Healthy(),
        };
        return Task.FromResult(result);
    }

    private IEnumerable<string> Waiting() =>
        from relay in relay.Relays
        from held in relay.Held?.Types ?? []
        group held.Since by held.Type into type
        select $"No queue takes '{type.Key}' since {type.Min():u}: its messages wait in the outbox";

    private IEnumerable<string> LongTransaction()
    {
        if (metrics.Backlog.Horizon is { } horizon && horizon.Age >= options.LongTransactionAfter)
        {
            yield return $"A transaction of the database has been open for {(long)horizon.Age.TotalSeconds} s: meanwhile {horizon.DeadRows} relayed rows of the outbox are not cleaned up";
        }
    }

    private IEnumerable<string> Stuck()
    {
        foreach (var failing in relay.Relays.Where(relay => IsLong(relay.FailingSince)))
        {
            yield return $"The outbox relay has failed since {failing.FailingSince:u}: {failing.Fault}";
        }

        foreach (var idle in consumers.Consumers.Where(consumer => IsLong(consumer.IdleSince)))
        {
            yield return $"Nothing is consumed from '{idle.Queue}' since {idle.IdleSince:u}: {idle.Fault ?? "no session"}";
        }

        // A handler that outlives its timeout ignores its token; its key, and one of the workers, wait for it.
        foreach (var busy in consumers.Consumers.Where(consumer => IsLong(consumer.RunningSince + options.HandlerTimeout)))
        {
            yield return $"A handler of '{busy.Queue}' has run since {busy.RunningSince:u} and does not end";
        }
    }

    private bool IsLong(DateTimeOffset? since) => since is { } start && time.GetUtcNow() - start >= options.StuckAfter;
}
