namespace EventBus;

/// <summary>Named moments at which tests kill or stop a process. They do nothing in a service.</summary>
internal class CrashPoints
{
    public const string Claimed = "relay-claimed";
    public const string HalfPublished = "relay-half-published";
    public const string Confirmed = "relay-confirmed";
    public const string Received = "message-received";
    public const string Handled = "handler-done";
    public const string Committed = "handler-committed";
    public const string Moved = "failure-moved";

    public virtual Task PassAsync(string point) => Task.CompletedTask;
}
