using Flows.Stitching;

namespace Flows.Expectations;

/// <summary>Compares what a flow did with what its process declares.</summary>
public static class ProcessComparison
{
    /// <summary>Whether the flow has a message that starts the process.</summary>
    public static bool IsOf(ProcessDeclaration process, FlowView flow) =>
        process.Steps.Any(step => step.After.Count == 0 && flow.Messages.Any(message => message.Type == step.Message));

    public static ExpectedFlow Compare(ProcessDeclaration process, FlowView flow, DateTimeOffset now)
    {
        var byType = flow.Messages.ToLookup(message => message.Type, StringComparer.Ordinal);
        var declared = process.Steps.Select(step => new StepComparison(step, byType, now).Compare());
        var extra = byType
            .Where(messages => !process.Steps.Any(step => step.Message == messages.Key))
            .Select(Undeclared);
        return new ExpectedFlow(process.Process, process.Description, [.. declared, .. extra]);
    }

    private static ExpectedStep Undeclared(IGrouping<string, FlowMessage> messages) => new(
        messages.Key,
        messages.First().From,
        [.. messages.SelectMany(message => message.Deliveries).Select(delivery => delivery.Queue).Distinct()],
        StepState.Extra,
        "The process does not declare this message.",
        DueAt: null,
        [.. messages.Select(message => message.Id)],
        WaitsFor: []);
}
