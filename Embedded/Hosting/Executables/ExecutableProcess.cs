using Aspire.Hosting.Processes;
using Aspire.Hosting.Servers;

namespace Aspire.Hosting.Executables;

internal sealed class ExecutableProcess(ExecutableResource resource) : IProcessSource
{
    public Task<ProcessPlan> PlanAsync(ProcessContext context, CancellationToken cancellationToken)
    {
        var command = resource.Command;

        // As a shell would: a name is looked for on the PATH, a path is taken from the working directory.
        var file = command.Contains('/', StringComparison.Ordinal) ? Path.GetFullPath(command, resource.WorkingDirectory) : Programs.FindOnPath(command);
        if (file is null || !File.Exists(file))
        {
            throw new DistributedApplicationException(
                $"The program '{command}' of '{resource.Name}' was not found{(file is null ? " on the PATH" : $": there is no '{file}'")}. Install it, or give AddExecutable the path of its file.");
        }

        if (!Directory.Exists(resource.WorkingDirectory))
        {
            throw new DistributedApplicationException($"The working directory '{resource.WorkingDirectory}' of '{resource.Name}' does not exist. Make it, or change it in AppHost: a relative one is taken from AppHost's folder.");
        }

        return Task.FromResult(new ProcessPlan
        {
            FileName = file,
            Arguments = context.Arguments,
            WorkingDirectory = resource.WorkingDirectory,
            Environment = context.Environment,
        });
    }
}
