using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Sasl;
using Microsoft.Azure.Amqp.Transport;
using ServiceBusBroker.Amqp;
using ServiceBusBroker.Queues;

namespace ServiceBusBroker;

/// <summary>
/// A Service Bus namespace in memory, at a TCP port of this machine, for tests of what uses the real SDK. README.md says what it
/// simplifies.
/// </summary>
public sealed class TestServiceBus : IAsyncDisposable
{
    internal const string DeadLetterSuffix = "/$DeadLetterQueue";
    private const string SubscriptionsPart = "/Subscriptions/";
    private const int MaxFrameSize = 64 * 1024;
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, MessageQueue> _queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _stopping = new();
    private readonly LinkFactory _links;
    private readonly Task _ticking;
    private AmqpConnectionListener? _listener;
    private int _refusals;

    /// <summary>Starts the broker.</summary>
    /// <param name="port">Default: a free one.</param>
    /// <param name="clock">Decides when locks expire and scheduled messages are due.</param>
    public TestServiceBus(int port = 0, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        Port = port == 0 ? FreePort() : port;
        _links = new LinkFactory(this);
        _ticking = TickAsync();
        Open();
    }

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The largest message or batch in bytes. Default: that of Azure's tier Standard.</summary>
    public int MaxMessageSize { get; init; } = 256 * 1024;

    /// <summary>All messages are refused, as by an entity that has reached its size.</summary>
    public bool IsFull { get; set; }

    /// <summary>A link that receives dead letters opens only after this.</summary>
    public Task DeadLettersOpen { get; set; } = Task.CompletedTask;

    /// <summary>What is refused because the namespace has too many operations.</summary>
    public Throttling Throttled { get; set; }

    /// <summary>How often something was refused for that reason.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    /// <summary>For the SDK. It uses plain TCP because of <c>UseDevelopmentEmulator</c>.</summary>
    public string ConnectionString => ConnectionStringAt(Port);

    /// <summary>The same through another port, as of a proxy.</summary>
    public static string ConnectionStringAt(int port) =>
        $"Endpoint=sb://127.0.0.1:{port};SharedAccessKeyName=test;SharedAccessKey=test;UseDevelopmentEmulator=true";

    /// <summary>Creates a queue, unless it exists.</summary>
    public void CreateQueue(string name, EntityOptions? options = null) =>
        _queues.GetOrAdd(name, _ => new MessageQueue(name, options ?? new(), _clock));

    /// <summary>Creates a topic, unless it exists.</summary>
    public void CreateTopic(string name) => _topics.GetOrAdd(name, _ => new Topic());

    /// <summary>Creates a subscription of a topic, unless it exists. A rule that is new is added to one that does.</summary>
    public void CreateSubscription(string topic, string name, EntityOptions? options, IEnumerable<CorrelationRule> rules) =>
        _topics[topic].Subscriptions.AddOrUpdate(
            name,
            _ => new Subscription(new MessageQueue($"{topic}{SubscriptionsPart}{name}", options ?? new(), _clock), [.. rules]),
            (_, existing) => existing with { Rules = [.. existing.Rules.UnionBy(rules, rule => rule.Name)] });

    /// <summary>Deletes a queue and its messages; consumers are detached.</summary>
    public void DeleteQueue(string name)
    {
        if (_queues.TryRemove(name, out var queue))
        {
            queue.Close();
        }
    }

    /// <summary>Deletes a subscription and its messages; consumers are detached.</summary>
    public void DeleteSubscription(string topic, string name)
    {
        if (_topics[topic].Subscriptions.TryRemove(name, out var subscription))
        {
            subscription.Queue.Close();
        }
    }

    /// <summary>
    /// Counts the messages of a queue, a subscription (<c>topic/Subscriptions/name</c>) or its dead letters (<c>…/$DeadLetterQueue</c>),
    /// also locked and scheduled ones.
    /// </summary>
    public int Count(string path) => FindQueue(path)?.Count ?? throw new KeyNotFoundException(path);

    /// <summary>Cuts every connection, as a network does: without an AMQP close.</summary>
    public void CutConnections() => _links.Connections.ForEach(connection => connection.Cut());

    /// <summary>Closes every connection with <c>amqp:connection:forced</c>, as Azure does when it moves a namespace.</summary>
    public void ForceConnections() => _links.Connections.ForEach(
        connection => connection.SafeClose(new AmqpException(AmqpErrorCode.ConnectionForced, "The broker closes the connection.")));

    /// <summary>The broker goes down: connections are closed in order, and new ones refused. Messages are kept.</summary>
    public void Close()
    {
        _listener?.Close();
        _listener = null;
    }

    /// <summary>The broker accepts connections again.</summary>
    public void Open()
    {
        var settings = new AmqpSettings { RuntimeProvider = _links };
        var version = new AmqpVersion(new Version(1, 0, 0, 0));
        var sasl = new SaslTransportProvider();
        sasl.Versions.Add(version);
        // The .NET SDK asks for the first, that of JavaScript for the second; both prove who they are by $cbs.
        sasl.AddHandler(new SaslAnonymousHandler("MSSBCBS"));
        sasl.AddHandler(new SaslAnonymousHandler());
        settings.TransportProviders.Add(sasl);
        var amqp = new AmqpTransportProvider();
        amqp.Versions.Add(version);
        settings.TransportProviders.Add(amqp);
        _listener = new AmqpConnectionListener(
            [$"amqp://127.0.0.1:{Port}"],
            settings,
            new AmqpConnectionSettings { ContainerId = "test-service-bus", MaxFrameSize = MaxFrameSize });
        _listener.Open();
    }

    /// <summary>Stops the broker. Its messages are gone.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _stopping.CancelAsync();
        await _ticking;
        _stopping.Dispose();
    }

    internal void RefuseIf(Throttling throttling)
    {
        if (Throttled.HasFlag(throttling))
        {
            Interlocked.Increment(ref _refusals);
            throw BrokerErrors.Busy();
        }
    }

    internal ISendTarget FindTarget(string path) =>
        _topics.TryGetValue(path, out var topic) ? topic : FindQueue(path) ?? throw BrokerErrors.NotFound(path);

    internal MessageQueue? FindQueue(string path)
    {
        if (path.EndsWith(DeadLetterSuffix, StringComparison.OrdinalIgnoreCase))
        {
            return FindQueue(path[..^DeadLetterSuffix.Length])?.DeadLetters;
        }

        if (path.Split(SubscriptionsPart) is not [var topic, var subscription])
        {
            return _queues.GetValueOrDefault(path);
        }

        return _topics.TryGetValue(topic, out var found) ? found.Subscriptions.GetValueOrDefault(subscription)?.Queue : null;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(TickInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                foreach (var queue in _queues.Values.Concat(
                    _topics.Values.SelectMany(topic => topic.Subscriptions.Values.Select(subscription => subscription.Queue))))
                {
                    queue.Tick();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}
