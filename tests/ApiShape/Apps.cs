namespace ApiShape;

internal static class Apps
{
    public static void Describe(IDistributedApplicationBuilder builder)
    {
        IResourceBuilder<ProjectResource> first = builder.AddProject<App>("app-1");
        IResourceBuilder<ProjectResource> second = builder.AddProject<App>("app-2", "http");
        IResourceBuilder<ProjectResource> third = builder.AddProject<App>("app-3", launchProfileName: null);
        IResourceBuilder<ProjectResource> fourth = builder.AddProject<App>("app-4", Configure);
        IResourceBuilder<ProjectResource> fifth = builder.AddProject("app-5", App.File);
        IResourceBuilder<ProjectResource> sixth = builder.AddProject("app-6", App.File, "http");
        IResourceBuilder<ProjectResource> seventh = builder.AddProject("app-7", App.File, Configure);
        first.WithReplicas(2).DisableForwardedHeaders().WithEndpointsInEnvironment(endpoint => endpoint.Name == "http");
        second.PublishAsDockerFile();
        third.PublishAsDockerFile(container => container.WithBuildArg("VERSION", "1").WithBuildArg("DEBUG", true));
        fourth.ExcludeFromManifest().WithExplicitStart();
        fifth.WithIconName("Box");
        sixth.WithIconName("Box", IconVariant.Regular);
        seventh.WithParentRelationship(sixth).WithParentRelationship(sixth.Resource);

        IResourceBuilder<ExecutableResource> program = builder.AddExecutable("program", "sh", ".", "-c", "true");
        IResourceBuilder<ExecutableResource> withValues = builder.AddExecutable("with-values", "sh", ".", new object[] { "-c", program });
        IResourceBuilder<ExecutableResource> bare = builder.AddExecutable("bare", "sh", ".", args: (string[]?)null);
        _ = (program.Resource.Command, withValues.Resource.WorkingDirectory, bare.Resource.Name);

        IResourceBuilder<ContainerResource> container = builder.AddContainer("container", "nginx");
        IResourceBuilder<ContainerResource> tagged = builder.AddContainer("tagged", "nginx", "1.29");
        container.WithImage("library/nginx").WithImage("library/nginx", "1.28").WithImageTag("1.29").WithImageRegistry("docker.io")
            .WithEntrypoint("/bin/sh").WithVolume("/data").WithVolume("named", "/named").WithVolume("read", "/read", isReadOnly: true)
            .WithBindMount("files", "/files").WithBindMount("files", "/read-only-files", isReadOnly: true)
            .WithLifetime(ContainerLifetime.Persistent).WithLifetime(ContainerLifetime.Session);
        tagged.WithImageSHA256(new string('0', 64));
        builder.AddContainer("built", "built").WithDockerfile("image").WithDockerfile("image", "Dockerfile", "final")
            .WithBuildArg("GREETING", builder.AddParameter("greeting-arg", "hello"));
        _ = (container.Resource.Entrypoint, container.Resource.TryGetContainerImageName(out var name), name);
    }

    public static void External(IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> app)
    {
        IResourceBuilder<ExternalServiceResource> byText = builder.AddExternalService("maps", "https://maps.example/");
        IResourceBuilder<ExternalServiceResource> byUri = builder.AddExternalService("mail", new Uri("https://mail.example/"));
        IResourceBuilder<ExternalServiceResource> byParameter = builder.AddExternalService("pay", builder.AddParameter("pay-url", "https://pay.example/"));
        byText.WithHttpHealthCheck();
        byUri.WithHttpHealthCheck("/status");
        byParameter.WithHttpHealthCheck("/status", statusCode: 204);
        app.WithReference(byText).WithReference(byUri).WithReference(byParameter)
            .WithEnvironment("MAPS", byText).WithEnvironment("PAY", byParameter);
        _ = (byUri.Resource.Uri, byParameter.Resource.UrlParameter);
    }

    private static void Configure(ProjectResourceOptions options)
    {
        options.LaunchProfileName = "http";
        options.ExcludeLaunchProfile = true;
        options.ExcludeKestrelEndpoints = true;
    }

    internal sealed class App : IProjectMetadata
    {
        public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "App", "App.csproj");

        public string ProjectPath => File;

        public LaunchSettings LaunchSettings { get; } = new()
        {
            Profiles =
            {
                ["http"] = new LaunchProfile
                {
                    CommandName = "Project", ApplicationUrl = "http://localhost:5001", LaunchUrl = "scalar", CommandLineArgs = "--quiet",
                    EnvironmentVariables = { ["ASPNETCORE_ENVIRONMENT"] = "Development" },
                },
            },
        };

        public bool SuppressBuild => true;

        public bool IsFileBasedApp => false;
    }
}
