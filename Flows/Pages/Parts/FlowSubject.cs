using Flows.Expectations;
using Flows.Stitching;

namespace Flows.Pages.Parts;

/// <summary>What a flow is about, for its title and its row in a list: many flows begin with the same request.</summary>
/// <param name="Process">The declared process, for example <c>order</c>; null without one.</param>
/// <param name="Key">The business key of most of its messages; null if they have different ones, and no process is declared.</param>
/// <param name="Action">What started it.</param>
public sealed record FlowSubject(string? Process, string? Key, string Action)
{
    public static FlowSubject Of(FlowView flow, IEnumerable<ProcessDeclaration> processes)
    {
        var process = processes.FirstOrDefault(process => ProcessComparison.IsOf(process, flow))?.Process;
        var common = flow.Messages
            .Where(message => !string.IsNullOrEmpty(message.Key))
            .GroupBy(message => message.Key!, StringComparer.Ordinal)
            .MaxBy(group => group.Count());
        var key = common is not null && 2 * common.Count() > flow.Messages.Count ? common.Key : process is null ? null : flow.Key;
        return new FlowSubject(process, key, ActionOf(flow));
    }

    /// <summary>In one line, without a key that has its own place.</summary>
    public string Name => Process is null ? Action : $"{Process}: {Action}";

    // A message that was created outside of any request starts with its own span.
    private static string ActionOf(FlowView flow) => flow.Root is { } root
        ? root.Name.StartsWith("create ", StringComparison.Ordinal) ? root.Name["create ".Length..] : root.Name
        : "unknown start";
}
