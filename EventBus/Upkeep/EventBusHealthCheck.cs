using EventBus.Consuming;
using EventBus.Outbox;
using EventBus.Transport;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventBus.Upkeep;

/// <summary>
/// Degraded while the broker cannot be reached, its topology differs from ours, messages have no receiver or a long transaction blocks the
/// clean-up of the outbox: the service still answers its clients and stores what it publishes. Unhealthy when the broker can be reached and
/// the relay or a consumer makes no progress.
/// </summary>
internal sealed class EventBusHealthCheck(
    ITransport transport,
    RelayService relay,
    ConsumerService consumers,
    BacklogGauges gauges,
    EventBusOptions options,
    TimeProvider clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = transport.Health;
        string[] stuck = health.DownSince is null ? [.. Stuck()] : [];

        string[] problems = [.. health.Problems, .. Waiting(), .. Refused(), .. LongTransaction()];

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
        select $"No queue receives '{type.Key}' since {type.Min():u}: its messages wait in the outbox";

    private IEnumerable<string> Refused() =>
        from relay in relay.Relays
        from refusal in relay.Held?.Refusals ?? []
        select $"The broker refuses '{refusal.Type}' {refusal.MessageId}, which stays in the outbox: {refusal.Reason}";

    private IEnumerable<string> LongTransaction()
    {
        if (gauges.Outbox.Horizon is { } horizon && horizon.Age >= options.LongTransactionAfter)
        {
            yield return $"A transaction of the database has been open for {(long)horizon.Age.TotalSeconds} s; "
                + $"{horizon.DeadRows} relayed rows of the outbox cannot be cleaned up";
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

        foreach (var stalled in consumers.Consumers.Where(consumer => IsLong(consumer.StalledSince)))
        {
            yield return $"Messages of '{stalled.Queue}' cannot be settled since {stalled.StalledSince:u}: {stalled.Fault}";
        }

        // A handler that ignores its cancelled token blocks its key and one worker.
        foreach (var busy in consumers.Consumers.Where(consumer => IsLong(consumer.RunningSince + options.HandlerTimeout)))
        {
            yield return $"A handler of '{busy.Queue}' has run since {busy.RunningSince:u} and ignores its cancellation";
        }
    }

    private bool IsLong(DateTimeOffset? since) => since is { } start && clock.GetUtcNow() - start >= options.StuckAfter;
}
