namespace Flows.Expectations;

/// <summary>A flow compared with its declared process: first the declared steps, then the messages that no step declares.</summary>
public sealed record ExpectedFlow(string Process, string? Description, IReadOnlyList<ExpectedStep> Steps)
{
    /// <summary>The number of missing, late, duplicate and extra steps.</summary>
    public int Faults => Steps.Count(step => step.IsFault);

    /// <summary>The step that the flow waits for, or null if it waits for none.</summary>
    public ExpectedStep? Next => Steps.FirstOrDefault(step => step.State is StepState.Missing or StepState.Waiting);
}

/// <param name="To">The declared queues or, for an undeclared message, the queues that it went to.</param>
/// <param name="Explanation">One sentence for people.</param>
/// <param name="DueAt">The end of the time limit; null if there is none or it has not begun.</param>
/// <param name="MessageIds">The messages of this flow that belong to the step.</param>
/// <param name="WaitsFor">The declared queues that have not handled the message.</param>
public sealed record ExpectedStep(
    string Message,
    string? From,
    IReadOnlyList<string> To,
    StepState State,
    string Explanation,
    DateTimeOffset? DueAt,
    IReadOnlyList<string> MessageIds,
    IReadOnlyList<string> WaitsFor)
{
    public bool IsFault => State >= StepState.Late;
}

/// <summary>From harmless to severe. If several apply to a step, it has the most severe.</summary>
public enum StepState
{
    /// <summary>The message before it has not come.</summary>
    NotReached,

    /// <summary>Not expected: it is optional, or another message replaced it.</summary>
    Skipped,

    /// <summary>Each declared queue handled it.</summary>
    Done,

    /// <summary>It is expected, and its time limit is not over.</summary>
    Waiting,

    /// <summary>Each declared queue handled it, but after its time limit.</summary>
    Late,

    /// <summary>It is not declared, came from another service, went to another queue, or came after a message that excludes it.</summary>
    Extra,

    /// <summary>It was created or handled more often than declared.</summary>
    Duplicate,

    /// <summary>It was not created or not handled within its time limit, or is in the dead letters.</summary>
    Missing,
}
