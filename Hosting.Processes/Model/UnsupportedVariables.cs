using Hosting.Processes.Servers;

namespace Hosting.Processes.Model;

/// <summary>Finds environment variables of a server's image that have no effect on a process.</summary>
internal static class UnsupportedVariables
{
    /// <summary>A callback may wait for something that exists only after the start.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static async Task<IEnumerable<string>> FindAsync(
        IResource server, ServerProcess process, DistributedApplicationExecutionContext execution, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(execution, server, cancellationToken: cancellationToken);
        foreach (var variable in server.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            try
            {
                await variable.Callback(context).WaitAsync(Patience, cancellationToken);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Not known yet. If it is a fault, the start of the server reports it.
            }
        }

        return context.EnvironmentVariables
            .Where(variable => !process.Obeys(variable.Key, variable.Value))
            .Select(variable => $"WithEnvironment(\"{variable.Key}\", {(variable.Value is string text ? $"\"{text}\"" : "…")})")
            .ToArray();
    }
}
