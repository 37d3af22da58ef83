using System.Collections.Frozen;

namespace Aspire.Hosting.Run;

/// <summary>
/// How long each resource may take when the application stops. All of them together must be gone within five seconds, however many stop one
/// after the other and ignore the signal: a chain of apps shares the time, and what an app leaves is its successors'. Something is kept for
/// servers whose data must survive, which must be able to close their files.
/// </summary>
internal sealed class StopBudget
{
    /// <summary>An app's time, if there is enough.</summary>
    public static readonly TimeSpan App = TimeSpan.FromSeconds(2);

    /// <summary>A server's time, if there is enough.</summary>
    public static readonly TimeSpan Server = TimeSpan.FromSeconds(2.5);

    // Half a second less than what is promised: ending by force takes time too.
    private static readonly TimeSpan Total = TimeSpan.FromSeconds(4.5);
    private static readonly TimeSpan KeptForData = TimeSpan.FromSeconds(2);

    private readonly FrozenDictionary<IResource, int> _appsAhead;
    private readonly FrozenDictionary<IResource, int> _serversAhead;
    private readonly bool _hasData;
    private readonly TimeProvider _time;
    private readonly long _began;

    /// <summary>The time begins.</summary>
    /// <param name="order">In which they stop.</param>
    /// <param name="running">Whether a resource has processes that are asked to stop, not ended at once.</param>
    /// <param name="time">The clock.</param>
    public StopBudget(StopOrder order, Func<IResource, bool> running, TimeProvider time)
    {
        _appsAhead = order.ChainsOf(resource => !IsServer(resource) && running(resource));
        _serversAhead = order.ChainsOf(resource => IsServer(resource) && running(resource));
        _hasData = _serversAhead.Values.Any(length => length > 0);
        _time = time;
        _began = time.GetTimestamp();
    }

    /// <summary>A resource's time when it is stopped alone.</summary>
    public static TimeSpan Of(IResource resource) => IsServer(resource) ? Server : App;

    /// <summary>A resource's time from now on.</summary>
    public TimeSpan Left(IResource resource)
    {
        var left = Total - _time.GetElapsedTime(_began);
        var share = IsServer(resource)
            ? left / Math.Max(1, _serversAhead[resource])
            : (left - (_hasData ? KeptForData : TimeSpan.Zero)) / Math.Max(1, _appsAhead[resource]);
        return TimeSpan.FromTicks(Math.Clamp(share.Ticks, 0, Of(resource).Ticks));
    }

    private static bool IsServer(IResource resource) => resource is ContainerResource;
}
