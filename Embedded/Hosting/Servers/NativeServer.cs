using Aspire.Hosting.Installation;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Servers;

/// <summary>Makes a process of a resource.</summary>
internal interface IProcessSource
{
    /// <summary>Prepares everything and says what to start.</summary>
    Task<ProcessPlan> PlanAsync(ProcessContext context, CancellationToken cancellationToken);
}

/// <summary>What a process is made of.</summary>
internal sealed record ProcessContext(
    RunFolder Run, string InstanceId, IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Arguments, Action<string> Report,
    IReadOnlyDictionary<string, int> TargetPorts);

/// <summary>A resource that this engine runs as a native server.</summary>
internal sealed record NativeServerAnnotation(ServerPackage Package, Func<IProcessSource> Create) : IResourceAnnotation;

/// <summary>What is done when the parent of a resource is healthy, and before the resource itself is said to run.</summary>
internal sealed record PreparationAnnotation(Func<IServiceProvider, CancellationToken, Task> PrepareAsync) : IResourceAnnotation;
