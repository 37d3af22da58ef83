using System.Text.Json.Serialization;

namespace Flows.Testing;

/// <summary>A flow compared with a declared process: first the declared steps, then the messages that no step declares.</summary>
public sealed class FlowComparison
{
    /// <summary>The name of the process.</summary>
    [JsonRequired]
    public string Process { get; init; } = "";

    /// <summary>The number of missing, late, duplicate and extra steps.</summary>
    public int Faults { get; init; }

    /// <summary>All steps.</summary>
    public IReadOnlyList<FlowStep> Steps { get; init; } = [];
}

/// <summary>One step of a process, and what the flow did.</summary>
public sealed class FlowStep
{
    /// <summary>The type of the message.</summary>
    [JsonRequired]
    public string Message { get; init; } = "";

    /// <summary>The service that sends the message.</summary>
    public string? From { get; init; }

    /// <summary>The queues that receive the message.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>
    /// <c>NotReached</c>, <c>Skipped</c>, <c>Done</c>, <c>Waiting</c>, <c>Late</c>, <c>Extra</c>, <c>Duplicate</c> or <c>Missing</c>.
    /// </summary>
    [JsonRequired]
    public string State { get; init; } = "";

    /// <summary>One sentence for people.</summary>
    public string Explanation { get; init; } = "";

    /// <summary>The end of the time limit, or null.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The messages of the flow that belong to the step.</summary>
    public IReadOnlyList<string> MessageIds { get; init; } = [];

    /// <summary>The declared queues that have not handled the message.</summary>
    public IReadOnlyList<string> WaitsFor { get; init; } = [];

    /// <summary>Whether the step is late, extra, duplicate or missing.</summary>
    public bool IsFault { get; init; }
}
