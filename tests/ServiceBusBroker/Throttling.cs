namespace ServiceBusBroker;

/// <summary>Operations that a namespace refuses while it has too many of them.</summary>
[Flags]
public enum Throttling
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Accepting sessions.</summary>
    Sessions = 1,

    /// <summary>Renewal, peek, and settlement over a new connection.</summary>
    Management = 2,
}
