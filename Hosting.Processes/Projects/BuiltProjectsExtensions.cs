namespace Aspire.Hosting;

/// <summary>Starts the projects of a model without a second <c>dotnet run</c>.</summary>
public static class BuiltProjectsExtensions
{
    /// <summary>
    /// Starts each project from its build output instead of by <c>dotnet run</c>: AppHost has built them all, and each <c>dotnet run</c> costs
    /// about 80 MB and a second. Does nothing when publishing, under a debugger of an IDE, or under <c>dotnet watch</c>, which build for themselves.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>A project whose output is not in <c>bin/{configuration}/{framework}</c> of AppHost's own configuration is started as usual.</remarks>
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
                    project.Annotations.Add(new ExecutableAnnotation { Command = program, WorkingDirectory = Path.GetDirectoryName(metadata.ProjectPath)! });
                }
            }

            return Task.CompletedTask;
        });
        return builder;
    }

    // AppHost's own output is …/bin/Debug/net10.0: its projects are built beside it.
    private static string? OutputOf(string project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var configuration = own.Parent;
        var program = Path.Combine(
            Path.GetDirectoryName(project)!, "bin", configuration?.Name ?? "Debug", own.Name, Path.GetFileNameWithoutExtension(project) + (OperatingSystem.IsWindows() ? ".exe" : ""));
        return File.Exists(program) ? program : null;
    }
}
