namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A program.</summary>
    public class ExecutableResource(string name, string command, string workingDirectory)
        : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource
    {
        /// <summary>The file, or its name on the PATH.</summary>
        public string Command { get; internal set; } = command;

        /// <summary>Where it runs.</summary>
        public string WorkingDirectory { get; internal set; } = workingDirectory;
    }
}

namespace Aspire.Hosting
{
    /// <summary>Adds programs to the model. Mirrors Aspire's class of the same name.</summary>
    public static class ExecutableResourceBuilderExtensions
    {
        /// <summary>Adds a program.</summary>
        /// <param name="builder">The model's builder.</param>
        /// <param name="name">The resource's name.</param>
        /// <param name="command">The file, or its name on the PATH.</param>
        /// <param name="workingDirectory">Where it runs; relative to AppHost's project.</param>
        /// <param name="args">Its arguments.</param>
        public static IResourceBuilder<ExecutableResource> AddExecutable(
            this IDistributedApplicationBuilder builder, [ResourceName] string name, string command, string workingDirectory, params string[]? args) =>
            builder.AddExecutable(name, command, workingDirectory, (object[]?)args);

        /// <summary>Adds a program.</summary>
        public static IResourceBuilder<ExecutableResource> AddExecutable(
            this IDistributedApplicationBuilder builder, [ResourceName] string name, string command, string workingDirectory, params object[]? args)
        {
            var folder = Path.GetFullPath(workingDirectory.Replace('\\', '/'), builder.AppHostDirectory);
            return builder.AddResource(new ExecutableResource(name, command, folder)).WithArgs(args ?? []);
        }
    }
}
