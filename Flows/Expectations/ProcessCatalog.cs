using Flows.Stitching;

namespace Flows.Expectations;

/// <summary>The declared processes, and the comparison of a flow with its process.</summary>
public sealed class ProcessCatalog(FlowsOptions options, TimeProvider clock)
{
    public IReadOnlyList<ProcessDeclaration> Processes => options.Processes;

    /// <summary>Null if no declared process starts with a message of the flow.</summary>
    public ExpectedFlow? Compare(FlowView flow) =>
        Processes.FirstOrDefault(process => ProcessComparison.IsOf(process, flow)) is { } process ? Compare(flow, process) : null;

    public ExpectedFlow Compare(FlowView flow, ProcessDeclaration process) =>
        ProcessComparison.Compare(process, flow, clock.GetUtcNow());
}
