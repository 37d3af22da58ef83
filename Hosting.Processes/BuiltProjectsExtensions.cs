namespace Hosting.Processes;

/// <summary>Starts the projects of a model from their build output.</summary>
public static class BuiltProjectsExtensions
{
    /// <summary>
    /// Starts each project from its build output instead of with <c>dotnet run</c>. Building AppHost has built all of them, and each
    /// <c>dotnet run</c> costs about 80 MB and one second. Does nothing in publish mode, under an IDE's debugger or under <c>dotnet
    /// watch</c>, which build the projects themselves.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// A project is started as usual if its output is not in <c>bin/{configuration}/{framework}</c>, with AppHost's configuration and
    /// framework.
    /// </remarks>
    public static IDistributedApplicationBuilder RunProjectsFromBuildOutput(this IDistributedApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!builder.ExecutionContext.IsRunMode
            || builder.Configuration["DEBUG_SESSION_PORT"] is { Length: > 0 }
            || builder.Configuration["DOTNET_WATCH"] is { Length: > 0 })
        {
            return builder;
        }

        builder.Eventing.Subscribe<BeforeStartEvent>((started, _) =>
        {
            foreach (var project in started.Model.Resources.OfType<ProjectResource>())
            {
                if (project.TryGetLastAnnotation<IProjectMetadata>(out var metadata) && OutputOf(metadata.ProjectPath) is { } program)
                {
                    project.Annotations.Add(
                        new ExecutableAnnotation { Command = program, WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath)! });
                }
            }

            return Task.CompletedTask;
        });
        return builder;
    }

    // AppHost's own output is in …/bin/Debug/net10.0, so its projects were built with the same two names.
    private static string? OutputOf(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = own.Parent;
        var program = Path.Combine(
            Path.GetDirectoryName(project)!, "bin", configuration?.Name ?? "Debug", own.Name,
            Path.GetFileNameWithoutExtension(project) + (OperatingSystem.IsWindows() ? ".exe" : ""));
        return File.Exists(program) ? program : null;
    }
}
