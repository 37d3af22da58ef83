using System.Text.Json.Serialization;

namespace Flows.Expectations;

/// <summary>A business process as its messages, declared in a JSON file (docs/processes/).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ProcessDeclaration
{
    /// <summary>The name of the process, for example <c>order</c>.</summary>
    public required string Process { get; init; }

    public string? Description { get; init; }

    /// <summary>The messages in the order in which they are shown.</summary>
    public required IReadOnlyList<StepDeclaration> Steps { get; init; }
}

/// <summary>One message of a process: who sends it, which queues handle it, and when it is expected.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StepDeclaration
{
    /// <summary>The type of the message, for example <c>ordering.order-paid</c>.</summary>
    public required string Message { get; init; }

    /// <summary>The service that sends the message.</summary>
    public required string From { get; init; }

    /// <summary>The queues that receive the message. Each of them must handle it.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <summary>The step is expected as soon as one of these messages was created. Empty: the process starts with this step.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Once one of these messages was created, this step is no longer expected, and a fault if it comes.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];

    /// <summary>
    /// The maximum time from the creation of the message before it (for a first step, of this message) until all queues have handled this
    /// one. Null: no limit, for example because a person has to act.
    /// </summary>
    public TimeSpan? Within { get; init; }

    /// <summary>The step may be left out.</summary>
    public bool Optional { get; init; }

    /// <summary>The message may come more than once.</summary>
    public bool Repeats { get; init; }
}
