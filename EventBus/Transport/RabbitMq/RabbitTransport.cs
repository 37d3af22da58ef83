using EventBus.Outbox;
using EventBus.Topology;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EventBus.Transport.RabbitMq;

/// <summary>RabbitMQ over two connections, because an alarm of the broker blocks those that publish and must not stop consumers.</summary>
internal sealed class RabbitTransport : BackgroundService, ITransport
{
    private const ushort NotFound = 404;

    private readonly BrokerLink _publishing;
    private readonly BrokerLink _consuming;
    private readonly TopologyDeclarer _topology;
    private readonly string _appId;
    private readonly CrashPoints _crashPoints;
    private readonly EventBusOptions _options;
    private readonly TimeProvider _time;

    public RabbitTransport(
        IConnectionFactory factory, TopologyPlan plan, CrashPoints crashPoints, EventBusOptions options, IHostEnvironment environment, TimeProvider time,
        ILoggerFactory loggers)
    {
        (_appId, _crashPoints, _options, _time) = (environment.ApplicationName, crashPoints, options, time);
        _topology = new TopologyDeclarer(plan, options, time, loggers.CreateLogger<TopologyDeclarer>());
        _publishing = Link("publish");
        _consuming = Link("consume");

        BrokerLink Link(string purpose) => new(purpose, _appId, factory, _topology, options, time, loggers.CreateLogger<BrokerLink>());
    }

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

    /// <summary>Settings that the supervisor needs of every connection.</summary>
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

    public async Task DeclareAsync(CancellationToken cancellationToken) =>
        await _publishing.DeclareAsync(await _publishing.ConnectedAsync(cancellationToken), cancellationToken);

    public Task RecheckAsync(CancellationToken cancellationToken) =>
        _topology.Problems.Count > 0 && _publishing.DownSince is null ? DeclareAsync(cancellationToken) : Task.CompletedTask;

    public IPublisher CreatePublisher() => new RabbitPublisher(_publishing, _appId, _crashPoints, _options, _time);

    public async Task<IConsumerSession> ConsumeAsync(string queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken)
    {
        var connection = await _consuming.ConnectedAsync(cancellationToken);
        try
        {
            return await OpenAsync();
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == NotFound)
        {
            await _topology.DeclareAsync(connection, cancellationToken);
            return await OpenAsync();
        }

        Task<RabbitConsumerSession> OpenAsync() =>
            RabbitConsumerSession.OpenAsync(connection, queue, prefetch, onDelivery, _options, _time, cancellationToken);
    }

    public async Task<long?> CountAsync(string queue, CancellationToken cancellationToken)
    {
        if (_consuming.DownSince is not null)
        {
            return null;
        }

        var connection = await _consuming.ConnectedAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken)
            .WaitAsync(_options.BrokerTimeout, _time, cancellationToken);
        try
        {
            return await channel.MessageCountAsync(queue, cancellationToken).WaitAsync(_options.BrokerTimeout, _time, cancellationToken);
        }
        catch (OperationInterruptedException gone) when (gone.ShutdownReason?.ReplyCode == NotFound)
        {
            return null;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_publishing.RunAsync(stoppingToken), _consuming.RunAsync(stoppingToken));
}
