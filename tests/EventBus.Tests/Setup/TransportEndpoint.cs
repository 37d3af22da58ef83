using System.Diagnostics;
using System.Threading.Channels;
using EventBus.Messages;
using EventBus.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventBus.Tests.Setup;

/// <summary>A service that has only a transport; its messages are received by the test.</summary>
internal sealed class TransportEndpoint : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ITransport _transport;
    private readonly IPublisher _publisher;
    private readonly TopologyPlan _plan;
    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>();
    private readonly Channel<Delivery> _deadLetters = Channel.CreateUnbounded<Delivery>();
    private readonly List<IConsumerSession> _sessions = [];
    private int _received;

    private TransportEndpoint(IHost host)
    {
        _host = host;
        _transport = host.Services.GetRequiredService<ITransport>();
        _plan = host.Services.GetRequiredService<TopologyPlan>();
        _publisher = _transport.CreatePublisher();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public int Received => Volatile.Read(ref _received);

    public static async Task<TransportEndpoint> StartAsync(IHost host)
    {
        var endpoint = new TransportEndpoint(host);
        await endpoint._transport.StartAsync(Token);
        await endpoint._publisher.ReadyAsync(Token);
        await endpoint.ConsumeAsync();
        return endpoint;
    }

    public async Task ConsumeAsync()
    {
        foreach (var queue in _plan.Consumed)
        {
            _sessions.Add(await _transport.ConsumeAsync(
                queue, prefetch: 300,
                delivery =>
                {
                    Interlocked.Increment(ref _received);
                    _deliveries.Writer.TryWrite(delivery);
                },
                Token));
        }
    }

    public Task<IConsumerSession> ConsumeDeadLettersAsync() =>
        _transport.ConsumeDeadLettersAsync(_plan.Consumed[0], prefetch: 10, delivery => _deadLetters.Writer.TryWrite(delivery), Token);

    public async Task PublishAsync(params TransportMessage[] messages) => Assert.All(await TryPublishAsync(messages), Assert.Null);

    public Task<IReadOnlyList<Exception?>> TryPublishAsync(params TransportMessage[] messages) => _publisher.PublishAsync(messages, Token);

    public async Task<Delivery> ReceiveAsync() => (await ReceiveAsync(1))[0];

    public async Task<Delivery[]> ReceiveAsync(int count)
    {
        var deliveries = new Delivery[count];
        for (var i = 0; i < count; i++)
        {
            deliveries[i] = await _deliveries.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);
        }

        return deliveries;
    }

    public Task<Delivery> ReceiveDeadLetterAsync() =>
        _deadLetters.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Token);

    public void Describe(Activity span, MessageKind kind, string type, string queue) => _transport.Describe(span, kind, type, queue);

    public Task<QueueDepth?> MeasureAsync(string queue) =>
        _transport.MeasureAsync(_plan.Consumed.Single(plan => plan.Name == queue), fresh: true, Token);

    /// <summary>Nothing waits in the queues, and nothing was delivered that the test has not received.</summary>
    /// <param name="countAtBroker">Counts a queue that the transport cannot count.</param>
    public async Task HasNoMoreAsync(Func<QueuePlan, long?> countAtBroker)
    {
        foreach (var queue in _plan.Consumed)
        {
            Assert.True(await _transport.MeasureAsync(queue, fresh: true, Token) is null or { Ready: null or 0 });
            await Eventually.TrueAsync(() => countAtBroker(queue) is null or 0, "the broker has no more");
        }

        Assert.False(_deliveries.Reader.TryRead(out _));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions)
        {
            await session.DisposeAsync();
        }

        await _publisher.DisposeAsync();
        await _transport.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
