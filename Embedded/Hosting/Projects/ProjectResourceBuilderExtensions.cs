using System.Net.Sockets;
using Aspire.Hosting.Projects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Adds apps to the model. Mirrors Aspire's class of the same name; an app is started from what was built with AppHost.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds an app that AppHost's project refers to.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, [ResourceName] string name)
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), new ProjectResourceOptions());

    /// <summary>Adds an app with one of its launch profiles; <see langword="null"/> means none.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), Profile(launchProfileName));

    /// <summary>Adds an app.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, Action<ProjectResourceOptions> configure)
        where TProject : IProjectMetadata, new() => builder.Add(name, new TProject(), Configure(configure));

    /// <summary>Adds an app by the path of its project file; it must have been built.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath) =>
        builder.Add(name, new ProjectPath(builder, projectPath), new ProjectResourceOptions());

    /// <summary>Adds an app by the path of its project file, with one of its launch profiles.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath, string? launchProfileName) =>
        builder.Add(name, new ProjectPath(builder, projectPath), Profile(launchProfileName));

    /// <summary>Adds an app by the path of its project file.</summary>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, string projectPath, Action<ProjectResourceOptions> configure) =>
        builder.Add(name, new ProjectPath(builder, projectPath), Configure(configure));

    /// <summary>Runs an app as several processes behind one address.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    /// <summary>Does not make a deployed app believe forwarded headers.</summary>
    public static IResourceBuilder<ProjectResource> DisableForwardedHeaders(this IResourceBuilder<ProjectResource> builder) =>
        builder.WithAnnotation(new DisableForwardedHeadersAnnotation(), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>Chooses the endpoints that the app is told to listen at.</summary>
    public static IResourceBuilder<ProjectResource> WithEndpointsInEnvironment(
        this IResourceBuilder<ProjectResource> builder, Func<EndpointAnnotation, bool> filter) =>
        builder.WithAnnotation(new EndpointsInEnvironmentAnnotation(filter));

    /// <summary>
    /// Deploys an app as a container that is built from the <c>Dockerfile</c> beside its project file. Runs are not changed. Mirrors
    /// <c>ProjectResourceBuilderExtensions.PublishAsDockerFile</c>.
    /// </summary>
    /// <param name="builder">The app's builder.</param>
    /// <param name="configure">Says more about the container.</param>
    public static IResourceBuilder<T> PublishAsDockerFile<T>(
        this IResourceBuilder<T> builder, Action<IResourceBuilder<ContainerResource>>? configure = null)
        where T : ProjectResource
    {
        var model = builder.ApplicationBuilder;
        if (model.ExecutionContext.IsRunMode)
        {
            return builder;
        }

        if (model.Resources.OfType<ProjectContainerResource>().SingleOrDefault(known => known.Project == builder.Resource) is { } known)
        {
            configure?.Invoke(model.CreateResourceBuilder<ContainerResource>(known));
            return builder;
        }

        model.Resources.Remove(builder.Resource);
        var folder = Path.GetDirectoryName(builder.Resource.Annotations.OfType<IProjectMetadata>().Last().ProjectPath)!;
        var container = model.AddResource<ContainerResource>(new ProjectContainerResource(builder.Resource))
            .WithImage(builder.Resource.Name)
            .WithDockerfile(folder)
            // They belong to a process of this machine.
            .WithArgs(context => context.Args.Clear());
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.Name is "http" or "https"))
        {
            // Where the .NET images listen.
            endpoint.TargetPort ??= 8080;
        }

        configure?.Invoke(container);
        return builder;
    }

    private static IResourceBuilder<ProjectResource> Add(
        this IDistributedApplicationBuilder builder, string name, IProjectMetadata metadata, ProjectResourceOptions options)
    {
        if (!options.ExcludeKestrelEndpoints)
        {
            RefuseKestrelEndpoints(name, metadata.ProjectPath);
        }

        var project = builder.AddResource(new ProjectResource(name)).WithAnnotation(metadata);
        var settings = metadata.LaunchSettings ?? LaunchSettings.Read(metadata.ProjectPath);
        if (!options.ExcludeLaunchProfile && ChooseProfile(builder, metadata, settings, options) is { } profileName)
        {
            project.WithAnnotation(new LaunchProfileAnnotation(profileName));
            var profile = settings!.Profiles[profileName];
            if (builder.ExecutionContext.IsPublishMode)
            {
                AddDeployedEndpoints(project, profile);
            }
            else
            {
                AddEndpoints(project, profile);
                project.WithEnvironment(context =>
                {
                    foreach (var (key, value) in profile.EnvironmentVariables)
                    {
                        context.EnvironmentVariables.TryAdd(key, Environment.ExpandEnvironmentVariables(value));
                    }

                    context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profileName);
                });
                if (profile.CommandLineArgs is { Length: > 0 } arguments)
                {
                    project.WithArgs(CommandLine.Split(arguments).ToArray());
                }
            }
        }

        return ProjectEnvironment.Add(project);
    }

    // They would win over what the app is told to listen at: better no start than an app that is looked for elsewhere.
    private static void RefuseKestrelEndpoints(string name, string projectPath)
    {
        var folder = Path.GetDirectoryName(projectPath)!;
        var settings = new ConfigurationBuilder().AddJsonFile(Path.Combine(folder, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(folder, $"appsettings.{Environments.Development}.json"), optional: true).Build();
        if (settings.GetSection("Kestrel:Endpoints").GetChildren().Any())
        {
            throw new DistributedApplicationException(
                $"'{name}' has Kestrel:Endpoints in its appsettings, which the embedded engine does not read. Use applicationUrl in Properties/launchSettings.json, set ExcludeKestrelEndpoints, or build with -p:AspireEngine=aspire.");
        }
    }

    private static string? ChooseProfile(
        IDistributedApplicationBuilder builder, IProjectMetadata metadata, LaunchSettings? settings, ProjectResourceOptions options)
    {
        if (options.LaunchProfileName is { } wanted)
        {
            return settings?.Profiles.ContainsKey(wanted) == true
                ? wanted
                : throw new DistributedApplicationException($"The launch settings of '{metadata.ProjectPath}' have no profile '{wanted}'.");
        }

        string?[] preferred = [builder.Configuration["AppHost:DefaultLaunchProfileName"], builder.Configuration["DOTNET_LAUNCH_PROFILE"]];
        return settings is null ? null
            : preferred.FirstOrDefault(name => name is not null && settings.Profiles.ContainsKey(name))
                ?? settings.Profiles.FirstOrDefault(profile => profile.Value.CommandName is null or "Project" or "Executable").Key;
    }

    // http, https; further ones of a scheme are http2, https2 …
    private static void AddEndpoints(IResourceBuilder<ProjectResource> project, LaunchProfile profile)
    {
        var urls = (profile.ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var scheme in urls.Select(url => new Uri(url.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal)))
            .GroupBy(url => url.Scheme))
        {
            var number = 0;
            foreach (var url in scheme)
            {
                number++;
                var endpoint = new EndpointAnnotation(
                    ProtocolType.Tcp, scheme.Key, name: number == 1 ? scheme.Key : $"{scheme.Key}{number}", port: url.Port)
                {
                    FromLaunchProfile = true,
                    TlsEnabled = scheme.Key == "https",
                };
                project.WithAnnotation(endpoint);
                if (profile.LaunchUrl is { Length: > 0 } page)
                {
                    project.WithUrlForEndpoint(endpoint.Name, link => link.Url = new Uri(new Uri(link.Url), page).ToString());
                }
            }
        }
    }

    // Ports of launch profiles are this machine's. A deployed web app has http and, in front of it, the platform's https.
    private static void AddDeployedEndpoints(IResourceBuilder<ProjectResource> project, LaunchProfile profile)
    {
        if (profile.ApplicationUrl is not null)
        {
            project.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "http"))
                .WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, "https") { IsOfThePlatform = true });
        }
    }

    private static ProjectResourceOptions Profile(string? launchProfileName) =>
        new() { LaunchProfileName = launchProfileName, ExcludeLaunchProfile = launchProfileName is null };

    private static ProjectResourceOptions Configure(Action<ProjectResourceOptions> configure)
    {
        var options = new ProjectResourceOptions();
        configure(options);
        return options;
    }

    private sealed class ProjectPath : IProjectMetadata
    {
        private readonly string _path;

        public ProjectPath(IDistributedApplicationBuilder builder, string path)
        {
            path = Path.GetFullPath(path.Replace('\\', '/'), builder.AppHostDirectory);
            _path = Directory.Exists(path) && Directory.GetFiles(path, "*.csproj") is [var only] ? only : path;
            if (!File.Exists(_path))
            {
                throw new DistributedApplicationException($"Project file '{_path}' was not found.");
            }
        }

        string IProjectMetadata.ProjectPath => _path;
    }
}
