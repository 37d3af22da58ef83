using System.Globalization;
using EventBus.Messages;
using EventBus.Transport;

namespace EventBus.RabbitMq;

/// <summary>The queues that RabbitMQ needs for a queue of a service.</summary>
internal static class RabbitQueues
{
    /// <summary>
    /// One replica at a time receives the events of a service; another takes over when it ends. Two would handle messages with the same key
    /// concurrently. Commands are shared among the replicas.
    /// </summary>
    public static bool HasSingleActiveConsumer(QueuePlan queue) => queue.Kind == MessageKind.Event;

    public static string DeadLetters(QueuePlan queue) => $"{queue.Name}.dead-letter";

    /// <summary>The delay is part of the name: a changed delay is a new queue, never an existing one with changed arguments.</summary>
    public static string Retry(QueuePlan queue, TimeSpan delay) => $"{queue.Name}.retry.{Describe(delay)}";

    private static string Describe(TimeSpan delay) => delay switch
    {
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerHour == 0 => Count(delay.TotalHours, "h"),
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerMinute == 0 => Count(delay.TotalMinutes, "m"),
        { Ticks: var ticks } when ticks % TimeSpan.TicksPerSecond == 0 => Count(delay.TotalSeconds, "s"),
        _ => Count(Math.Ceiling(delay.TotalMilliseconds), "ms"),
    };

    private static string Count(double count, string unit) => count.ToString("0", CultureInfo.InvariantCulture) + unit;
}
