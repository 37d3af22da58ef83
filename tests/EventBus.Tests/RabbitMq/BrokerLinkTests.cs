using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RabbitMQ.Client;
using Servers;

namespace EventBus.Tests.RabbitMq;

public sealed class BrokerLinkTests
{
    [Fact]
    public async Task BrokerThatIsStillStarting_IsAWarning_OnlyWhenItTakesTooLong()
    {
        var (clock, logger) = (new FakeTimeProvider(), new Recorder());
        using var closed = new ReservedPort();
        var factory = new ConnectionFactory { HostName = "127.0.0.1", Port = closed.Number };
        var link = new BrokerLink(
            "publish", "test", factory, topology: null!, new EventBusOptions { BrokerTimeout = TimeSpan.FromHours(1) }, clock, logger);
        using var stop = new CancellationTokenSource();
        var running = link.RunAsync(stop.Token);

        await Eventually.TrueAsync(() => !logger.Levels.IsEmpty, "the refused connection is logged");
        Assert.Equal([LogLevel.Information], logger.Levels);

        await Eventually.TrueAsync(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return logger.Levels.Count > 1;
            },
            "it is logged again");
        await stop.CancelAsync();
        await running;

        Assert.Equal([LogLevel.Information, LogLevel.Warning], logger.Levels);
        Assert.True(clock.GetUtcNow() - clock.Start >= TimeSpan.FromMinutes(2));
    }

    private sealed class Recorder : ILogger<BrokerLink>
    {
        public ConcurrentQueue<LogLevel> Levels { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Levels.Enqueue(logLevel);
    }
}
