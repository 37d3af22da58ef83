using System.Diagnostics;
using ServiceBusBroker;

namespace Benchmarks.Messaging;

/// <summary>
/// Compares our event bus, from the outbox to the committed handler, with the client library alone and with two other buses, on the same
/// servers and in turns; the results are medians. All queues are quorum queues; all messages are persistent and have about half a kilobyte.
/// </summary>
internal static class EventBusBenchmark
{
    private static readonly bool[] EachWay = [false, true];
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(10);

    public static Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken) =>
        options.Transport == "servicebus"
            ? RunOnServiceBusAsync(report, options, cancellationToken)
            : RunOnRabbitMqAsync(report, options, cancellationToken);

    private static async Task RunOnRabbitMqAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        report.Progress("starting PostgreSQL and RabbitMQ");
        await using var servers = await BenchmarkServers.StartAsync(cancellationToken);
        await using var raw = await RawClient.ConnectAsync(servers.Broker, cancellationToken);
        await CreateTopologyAsync(servers, cancellationToken);
        await using var massTransit = new MassTransitPeer(servers.Broker);
        await massTransit.PrepareAsync(raw, cancellationToken);
        await using var wolverine = new WolverinePeer(servers.Broker);
        await wolverine.PrepareAsync(raw, cancellationToken);
        await RunAsync(new Turn(report, options, servers, raw, cancellationToken), report, options, [massTransit, wolverine]);
        report.Progress("stopping the servers");
    }

    /// <summary>The broker is a part of this process, so this shows the share of the bus, and nothing of Azure.</summary>
    private static async Task RunOnServiceBusAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        report.Progress("starting PostgreSQL");
        await using var broker = new TestServiceBus();
        await using var servers = await BenchmarkServers.StartAsync(cancellationToken, broker.ConnectionString);
        await using var raw = new RawServiceBus(broker);
        await CreateTopologyAsync(servers, cancellationToken);
        await RunAsync(new Turn(report, options, servers, raw, cancellationToken), report, options, peers: []);
        report.Progress("stopping the servers");
    }

    private static async Task RunAsync(Turn turn, Report report, BenchmarkOptions options, Peer[] peers)
    {
        for (var round = 0; round <= options.Rounds; round++)
        {
            report.Progress(round == 0 ? "round to warm up" : $"round {round} of {options.Rounds}");
            await turn.RawAsync();
            await turn.OursAsync();
            foreach (var peer in peers)
            {
                await turn.PeerAsync(peer);
            }

            if (round == 0)
            {
                report.Clear();
            }
        }
    }

    /// <summary>The queue and the tables that services make when they start.</summary>
    public static async Task CreateTopologyAsync(BenchmarkServers servers, CancellationToken cancellationToken)
    {
        await using var seller = BusHost.Seller(servers);
        await seller.CreateDatabaseAsync(cancellationToken);
        await using var consumer = BusHost.Consumer(servers, inBatches: false);
        await consumer.CreateDatabaseAsync(cancellationToken);
        await consumer.StartAsync(cancellationToken);
        await consumer.IsHealthyAsync(cancellationToken);
    }

    private sealed class Turn(
        Report report, BenchmarkOptions options, BenchmarkServers servers, IRawClient raw, CancellationToken cancellationToken)
    {
        private string RawAwaited { get; } = $"{raw.Title}: publish, each confirm awaited";

        private string RawPipelined { get; } = $"{raw.Title}: publish, windows of 500 confirms";

        private string RawConsume { get; } = $"{raw.Title}: consume, each acknowledged";

        private string RawHop { get; } = $"{raw.Title}: publish → callback, idle, ";

        public async Task RawAsync()
        {
            if (options.Includes("raw"))
            {
                report.Add(RawAwaited, await raw.PublishAwaitedAsync(options.Duration, cancellationToken), "msg/s");
                report.Add(RawPipelined, await raw.PublishPipelinedAsync(options.Duration, cancellationToken), "msg/s");
                report.Add(RawConsume, await raw.ConsumeAsync(options.Messages, cancellationToken), "msg/s");
                var hops = await raw.HopAsync(options.Hops, Idle, cancellationToken);
                report.Add(RawHop + "p50", Statistics.Quantile(hops, 0.5), "ms");
                report.Add(RawHop + "p99", Statistics.Quantile(hops, 0.99), "ms");
            }
        }

        public async Task OursAsync()
        {
            foreach (var inBatches in options.Includes("bus") ? EachWay : [])
            {
                await servers.ClearAsync(cancellationToken);
                await raw.PurgeAsync(BusHost.Queue, cancellationToken);
                report.Add("EventBus: outbox → broker (relay)", await RelayAsync(), "msg/s", RawPipelined);
                report.Add(
                    $"EventBus: broker → inbox and handler, {(inBatches ? "micro-batched" : "one by one")}",
                    await HandleAsync(inBatches), "msg/s", RawConsume);
            }

            if (options.Includes("hop"))
            {
                await servers.ClearAsync(cancellationToken);
                var hops = await HopAsync();
                report.Add("EventBus: commit → handler, idle, p50", Statistics.Quantile(hops, 0.5), "ms", RawHop + "p50");
                report.Add("EventBus: commit → handler, idle, p99", Statistics.Quantile(hops, 0.99), "ms", RawHop + "p99");
            }
        }

        public async Task PeerAsync(Peer peer)
        {
            if (options.Includes(peer.Name))
            {
                report.Add(
                    $"{peer.Title}: publish, each confirm awaited",
                    await peer.PublishAwaitedAsync(options.Duration, cancellationToken),
                    "msg/s",
                    RawAwaited);
                report.Add(
                    $"{peer.Title}: publish, windows of 500 confirms",
                    await peer.PublishPipelinedAsync(options.Duration, cancellationToken),
                    "msg/s",
                    RawPipelined);
                await raw.PurgeAsync(peer.Name, cancellationToken);
                report.Add(
                    $"{peer.Title}: consume, no inbox", await peer.ConsumeAsync(options.Messages, cancellationToken), "msg/s", RawConsume);
            }
        }

        private async Task<double> RelayAsync()
        {
            await using var seller = BusHost.Seller(servers);
            await seller.FillOutboxAsync(options.Messages, cancellationToken);
            var rate = seller.RelayRateAsync(options.Messages, cancellationToken);
            await seller.StartAsync(cancellationToken);
            return await rate;
        }

        private async Task<double> HandleAsync(bool inBatches)
        {
            await using var consumer = BusHost.Consumer(servers, inBatches);
            var rate = consumer.HandleRateAsync(options.Messages, cancellationToken);
            await consumer.StartAsync(cancellationToken);
            return await rate;
        }

        /// <summary>Milliseconds from the end of the commit to the first line of the handler, one message at a time.</summary>
        private async Task<IReadOnlyList<double>> HopAsync()
        {
            await using var consumer = BusHost.Consumer(servers, inBatches: false);
            await using var seller = BusHost.Seller(servers);
            var arrived = new TaskCompletionSource<long>();
            consumer.Arrivals.OnHandling = _ => arrived.TrySetResult(Stopwatch.GetTimestamp());
            await consumer.StartAsync(cancellationToken);
            await seller.StartAsync(cancellationToken);

            // The first message waits until the relay owns its partition and the consumer receives from its queue.
            var hops = new List<double>(options.Hops);
            for (var i = -1; i < options.Hops; i++)
            {
                await Task.Delay(Idle, cancellationToken);
                arrived = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
                await seller.SellAsync([BusHost.Sale(i + 1)], cancellationToken);
                var committed = Stopwatch.GetTimestamp();
                var handling = await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
                if (i >= 0)
                {
                    hops.Add((handling - committed) * 1000.0 / Stopwatch.Frequency);
                }
            }

            return hops;
        }
    }
}
