namespace Ordering.Api.Orders;

/// <summary>The result of asking an order for a step.</summary>
public enum Transition
{
    /// <summary>The status changed; publish the event.</summary>
    Made,

    /// <summary>The order had made this step before; there is nothing to do.</summary>
    Repeated,

    /// <summary>The status does not allow the step; nothing changed.</summary>
    Refused,
}
