using System.Diagnostics;
using EventBus.Messages;
using EventBus.Transport;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventBus.AzureServiceBus;

/// <summary>
/// Azure Service Bus over one connection. Events go to one topic, where each service has a subscription; each command has a queue. All of
/// them have sessions, which keep the order of a key among replicas. A delayed retry is a scheduled copy, addressed to one subscription.
/// </summary>
internal sealed class ServiceBusTransport : BackgroundService, ITransport
{
    private static readonly TimeSpan RecheckInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly NamespaceLink _link;
    private readonly TopologyCheck _topology;
    private readonly SendState _sending = new();
    private readonly DeadLetterCounter _deadLetters;
    private readonly CopySender _copies;
    private readonly string _appId;
    private readonly CrashPoints _crashPoints;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;

    public ServiceBusTransport(
        NamespaceAddress address,
        AzureServiceBusOptions settings,
        TopologyPlan plan,
        CrashPoints crashPoints,
        EventBusOptions options,
        IHostEnvironment environment,
        TimeProvider clock,
        ILoggerFactory loggers)
    {
        (_appId, _crashPoints, _clock) = (environment.ApplicationName, crashPoints, clock);
        _logger = loggers.CreateLogger<ServiceBusTransport>();
        MaxBodySize = settings.MaxBodySize;
        _link = new NamespaceLink(_appId, address, options, clock, loggers.CreateLogger<NamespaceLink>());
        var probe = new CopyProbe();
        _topology = new TopologyCheck(plan, probe, loggers.CreateLogger<TopologyCheck>());
        _deadLetters = new DeadLetterCounter(clock);
        _copies = new CopySender(_link.ConnectedAsync, probe, crashPoints, clock);
    }

    public string SystemName => "servicebus";

    public long MaxBodySize { get; }

    /// <summary>A sender may write anything into a message; only its right to send to the topic or queue is checked.</summary>
    public bool ChecksSenders => false;

    public TransportHealth Health => new(
        _link.DownSince,
        [
            .. _link.DownSince is null ? [] : new[] { $"Service Bus cannot be reached: {_link.LastFault ?? "connecting"}" },
            .. _sending.Problems,
            .. _topology.Problems,
        ],
        _sending.IsBlocked);

    /// <summary>Creates nothing, because that needs the right to manage the namespace.</summary>
    public async Task EnsureTopologyAsync(CancellationToken cancellationToken) =>
        await _topology.RunAsync(await _link.ConnectedAsync(cancellationToken), cancellationToken);

    public IPublisher CreatePublisher() => new ServiceBusPublisher(_link, _sending, _appId, _crashPoints);

    public async Task<IConsumerSession> ConsumeAsync(
        QueuePlan queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken) =>
        new SessionConsumer(await PlanAsync(queue, prefetch, onDelivery, cancellationToken));

    public async Task<IConsumerSession> ConsumeDeadLettersAsync(
        QueuePlan queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken)
    {
        var consumer = new DeadLetterConsumer(await PlanAsync(queue, prefetch, onDelivery, cancellationToken));
        await consumer.Opened;
        return consumer;
    }

    /// <summary>Counts dead letters only.</summary>
    public async Task<QueueDepth?> MeasureAsync(QueuePlan queue, bool fresh, CancellationToken cancellationToken)
    {
        if (_link.DownSince is not null)
        {
            return null;
        }

        var connection = await _link.ConnectedAsync(cancellationToken);
        try
        {
            return new QueueDepth(Ready: null, await _deadLetters.CountAsync(connection, queue, fresh, cancellationToken));
        }
        catch (Exception fault) when (Faults.IsMissing(fault) || Faults.IsForbidden(fault) || Faults.IsConnectionLost(fault)
            || Faults.IsThrottled(fault))
        {
            return null;
        }
    }

    public void Describe(Activity span, MessageKind kind, string type, string? queue)
    {
        span.SetTag("messaging.system", SystemName).SetTag("messaging.destination.name", Entities.TargetOf(kind, type));
        if (kind == MessageKind.Event && queue is not null)
        {
            span.SetTag("messaging.destination.subscription.name", queue);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_link.RunAsync(stoppingToken), CheckAsync(stoppingToken));

    private async Task<ReceiverPlan> PlanAsync(
        QueuePlan queue, int prefetch, Action<Delivery> onDelivery, CancellationToken cancellationToken) => new(
        await _link.ConnectedAsync(cancellationToken), queue, prefetch, onDelivery, _copies, _deadLetters, _clock,
        _logger);

    /// <summary>Looks for what is missing after the start, and again until nothing is: an administrator may have created it.</summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TryCheckAsync(cancellationToken);
            while (true)
            {
                await Task.Delay(Jitter.Around(RecheckInterval), _clock, cancellationToken);
                if (_topology.Problems.Count > 0)
                {
                    await TryCheckAsync(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TryCheckAsync(CancellationToken cancellationToken)
    {
        for (var isDone = false; !isDone;)
        {
            try
            {
                await EnsureTopologyAsync(cancellationToken);
                isDone = true;
            }
            catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // The connection is lost, or the namespace has too many operations.
                await Task.Delay(Jitter.Around(RetryPause), _clock, cancellationToken);
            }
        }
    }
}
