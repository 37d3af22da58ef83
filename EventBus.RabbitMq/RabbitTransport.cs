using System.Diagnostics;
using EventBus.Messages;
using EventBus.Transport;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EventBus.RabbitMq;

/// <summary>RabbitMQ over two connections: an alarm of the broker blocks the publishing one and must not stop consumers.</summary>
internal sealed class RabbitTransport : BackgroundService, ITransport, IAsyncDisposable
{
    private const ushort NotFound = 404;
    private static readonly TimeSpan RecheckInterval = TimeSpan.FromSeconds(5);

    private readonly BrokerLink _publishing;
    private readonly BrokerLink _consuming;
    private readonly TopologyDeclarer _topology;
    private readonly RabbitForwarder _forwarder;
    private readonly string _appId;
    private readonly string _user;
    private readonly CrashPoints _crashPoints;
    private readonly EventBusOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _loggers;

    public RabbitTransport(
        IConnectionFactory factory,
        TopologyPlan plan,
        CrashPoints crashPoints,
        EventBusOptions options,
        IHostEnvironment environment,
        TimeProvider clock,
        ILoggerFactory loggers)
    {
        (_appId, _user) = (environment.ApplicationName, factory.UserName);
        (_crashPoints, _options, _clock, _loggers) = (crashPoints, options, clock, loggers);
        _topology = new TopologyDeclarer(plan, options, clock, loggers.CreateLogger<TopologyDeclarer>());
        _publishing = Link("publish");
        _consuming = Link("consume");
        _forwarder = new RabbitForwarder(CreateChannel(), EnsureTopologyAsync, crashPoints);

        BrokerLink Link(string purpose) => new(purpose, _appId, factory, _topology, options, clock, loggers.CreateLogger<BrokerLink>());
    }

    public string SystemName => "rabbitmq";

    /// <summary>The lowest default of the supported brokers: 16 MiB in RabbitMQ 4.</summary>
    public long MaxBodySize => 16 * 1024 * 1024;

    /// <summary>The broker refuses a message whose user id is not the account of its connection.</summary>
    public bool ChecksSenders => true;

    public TransportHealth Health => new(
        _publishing.DownSince ?? _consuming.DownSince,
        [
            .. new[] { _publishing, _consuming }
                .Where(link => link.DownSince is not null)
                .Select(link => $"RabbitMQ cannot be reached to {link.Purpose}: {link.LastFault ?? "connecting"}"),
            .. new[] { _publishing, _consuming }
                .Where(link => link.Blocked is not null)
                .Select(link => $"RabbitMQ blocks the connection to {link.Purpose}: {link.Blocked}"),
            .. _topology.Problems,
        ],
        _publishing.Blocked is not null);

    /// <summary>Settings that every connection needs.</summary>
    public static void Configure(ConnectionFactory factory)
    {
        factory.AutomaticRecoveryEnabled = false;
        factory.TopologyRecoveryEnabled = false;
        factory.RequestedConnectionTimeout = TimeSpan.FromSeconds(5);
        factory.HandshakeContinuationTimeout = TimeSpan.FromSeconds(10);
        factory.ContinuationTimeout = TimeSpan.FromSeconds(10);
        factory.RequestedHeartbeat = TimeSpan.FromSeconds(15);
        factory.ConsumerDispatchConcurrency = 1;
    }

    public async Task EnsureTopologyAsync(CancellationToken cancellationToken) =>
        await _publishing.DeclareAsync(await _publishing.ConnectedAsync(cancellationToken), cancellationToken);

    public IPublisher CreatePublisher() => new RabbitPublisher(CreateChannel(), _topology, _loggers.CreateLogger<RabbitPublisher>());

    public Task<IConsumerSession> ConsumeAsync(
        QueuePlan queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken) =>
        ConsumeAsync(new SessionPlan(queue, DeadLetters: false, prefetch, onDelivery, _forwarder, _user), cancellationToken);

    public Task<IConsumerSession> ConsumeDeadLettersAsync(
        QueuePlan queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken) =>
        ConsumeAsync(new SessionPlan(queue, DeadLetters: true, prefetch, onDelivery, _forwarder, _user), cancellationToken);

    public async Task<QueueDepth?> MeasureAsync(QueuePlan queue, bool fresh, CancellationToken cancellationToken)
    {
        if (_consuming.DownSince is not null)
        {
            return null;
        }

        return await CountAsync(queue.Name, cancellationToken) is { } ready
            && await CountAsync(RabbitQueues.DeadLetters(queue), cancellationToken) is { } dead
            ? new QueueDepth(ready, dead)
            : null;
    }

    public void Describe(Activity span, MessageKind kind, string type, string? queue) => span
        .SetTag("messaging.system", SystemName)
        .SetTag("messaging.destination.name", queue is null ? $"{Exchanges.Of(kind)}:{type}" : $"{Exchanges.Of(kind)}:{type}:{queue}")
        .SetTag("messaging.rabbitmq.destination.routing_key", type);

    public async ValueTask DisposeAsync()
    {
        await _forwarder.DisposeAsync();
        Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_publishing.RunAsync(stoppingToken), _consuming.RunAsync(stoppingToken), RecheckAsync(stoppingToken));

    private ConfirmingChannel CreateChannel() => new(_publishing, _appId, _user, _crashPoints, _options, _clock);

    private async Task<IConsumerSession> ConsumeAsync(SessionPlan plan, CancellationToken cancellationToken)
    {
        var connection = await _consuming.ConnectedAsync(cancellationToken);
        try
        {
            return await RabbitConsumerSession.OpenAsync(connection, plan, _options, _clock, cancellationToken);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == NotFound)
        {
            await _topology.DeclareAsync(connection, cancellationToken);
            return await RabbitConsumerSession.OpenAsync(connection, plan, _options, _clock, cancellationToken);
        }
    }

    private async Task<long?> CountAsync(string queue, CancellationToken cancellationToken)
    {
        var connection = await _consuming.ConnectedAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken)
            .WaitAsync(_options.BrokerTimeout, _clock, cancellationToken);
        try
        {
            return await channel.MessageCountAsync(queue, cancellationToken).WaitAsync(_options.BrokerTimeout, _clock, cancellationToken);
        }
        catch (OperationInterruptedException gone) when (gone.ShutdownReason?.ReplyCode == NotFound)
        {
            return null;
        }
    }

    /// <summary>Declares again where something differs from our topology: an administrator may have corrected it.</summary>
    private async Task RecheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Jitter.Around(RecheckInterval), _clock, cancellationToken);
                if (_topology.Problems.Count > 0 && _publishing.DownSince is null)
                {
                    await TryDeclareAsync(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TryDeclareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await EnsureTopologyAsync(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The connection was lost in between; its replacement declares the topology.
        }
    }
}
