namespace EventBus.Consuming;

/// <summary>How an attempt at a message ended: values of the tag <c>eventbus.outcome</c>.</summary>
internal static class Outcomes
{
    public const string Handled = "handled";
    public const string Duplicate = "duplicate";
    public const string Stale = "stale";
    public const string Retried = "retried";
    public const string DeadLettered = "dead-lettered";
}
