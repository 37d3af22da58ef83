using System.Collections.Concurrent;

namespace EventBus.Consuming;

/// <summary>The calls of handlers that run now, each with its transaction.</summary>
internal sealed class HandlerCalls(TimeProvider clock)
{
    private readonly ConcurrentDictionary<Call, byte> _running = new();

    /// <summary>When the call that has been running longest began; null while none runs.</summary>
    public DateTimeOffset? RunningSince(string queue) =>
        _running.Select(entry => entry.Key).Where(call => call.Queue == queue).Min(call => (DateTimeOffset?)call.Since);

    /// <summary>Dispose the result when the call has ended.</summary>
    public IDisposable Begin(string queue)
    {
        var call = new Call(this, queue, clock.GetUtcNow());
        _running.TryAdd(call, 0);
        return call;
    }

    private sealed class Call(HandlerCalls calls, string queue, DateTimeOffset since) : IDisposable
    {
        public string Queue => queue;

        public DateTimeOffset Since => since;

        public void Dispose() => calls._running.TryRemove(this, out _);
    }
}
