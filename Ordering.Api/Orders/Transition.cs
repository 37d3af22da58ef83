namespace Ordering.Api.Orders;

/// <summary>What an order answers when it is asked to move on.</summary>
public enum Transition
{
    /// <summary>It moved; the world is to be told.</summary>
    Made,

    /// <summary>It had made this step before; there is nothing to do.</summary>
    Repeated,

    /// <summary>Its state does not allow the step; nothing changed.</summary>
    Refused,
}
