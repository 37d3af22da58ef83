using Aspire.Hosting.Processes;
using Aspire.Hosting.Servers;

namespace Aspire.Hosting.Projects;

/// <summary>Starts an app from what was built: never builds again.</summary>
internal sealed class ProjectProcess(ProjectResource resource, AppHostMetadata built) : IProcessSource
{
    public Task<ProcessPlan> PlanAsync(ProcessContext context, CancellationToken cancellationToken)
    {
        if (!resource.TryGetLastAnnotation<IProjectMetadata>(out var project))
        {
            throw new DistributedApplicationException($"'{resource.Name}' has no project.");
        }

        return Task.FromResult(new ProcessPlan
        {
            FileName = Programs.DotNet,
            Arguments = [FindAssembly(project.ProjectPath), .. context.Arguments],
            WorkingDirectory = Path.GetDirectoryName(project.ProjectPath)!,
            Environment = context.Environment,
        });
    }

    private string FindAssembly(string projectPath)
    {
        if (built.ProjectOutputs.TryGetValue(projectPath, out var recorded) && File.Exists(recorded))
        {
            return recorded;
        }

        // Added by path: its build is not AppHost's, so the newest one is taken.
        var folder = Path.Combine(Path.GetDirectoryName(projectPath)!, "bin");
        var name = $"{Path.GetFileNameWithoutExtension(projectPath)}.dll";
        var found = !Directory.Exists(folder) ? null : Directory.EnumerateFiles(folder, name, SearchOption.AllDirectories)
            .Where(file => File.Exists(Path.ChangeExtension(file, ".runtimeconfig.json")))
            .MaxBy(File.GetLastWriteTimeUtc);
        return found ?? throw new DistributedApplicationException(
            $"'{resource.Name}' has not been built: {recorded ?? Path.Combine(folder, "…", name)} is not there. Run `dotnet build \"{projectPath}\"`.");
    }
}
