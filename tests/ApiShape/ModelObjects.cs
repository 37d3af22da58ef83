using System.Collections.Immutable;
using System.Net.Sockets;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Publishing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace ApiShape;

/// <summary>What those build and read who extend the model: resources, annotations, events and snapshots.</summary>
internal static class ModelObjects
{
    public static IResource[] Resources(ParameterResource parameter, Uri address)
    {
        var postgres = new PostgresServerResource("postgres", userName: null, parameter) { PasswordParameter = parameter, UserNameParameter = parameter };
        ExecutableResource program = new("program", "sh", ".");
        ContainerResource container = new("container") { Entrypoint = "/bin/sh" };
        ConnectionStringResource made = new("made", ReferenceExpression.Empty);
        parameter.Description = "what for";
        parameter.EnableDescriptionMarkdown = parameter.IsConnectionString || parameter.Default is null;
        var child = new PostgresDatabaseResource("things", "things", postgres);
        Read(child, made);
        _ = (made.ConnectionStringExpression, program.Annotations.Count);
        return
        [
            postgres, child, program, container, made, new RabbitMQServerResource("messaging", userName: null, parameter), new RedisResource("cache"),
            new RedisResource("store", parameter), new ProjectResource("app"), new ExternalServiceResource("maps", address),
            new ExternalServiceResource("pay", parameter),
        ];
    }

    private static void Read(IResourceWithParent child, IResourceWithConnectionString connection) =>
        _ = (child.Parent, connection.ConnectionStringExpression);

    public static void Annotations(ContainerResource container, IResource other)
    {
        var image = new ContainerImageAnnotation { Image = "nginx", Registry = "docker.io", Tag = "1.29" };
        (image.Image, image.Registry, image.Tag, image.SHA256) = (image.Image, image.Registry, image.Tag, image.SHA256);
        var mount = new ContainerMountAnnotation("data", "/data", ContainerMountType.Volume, isReadOnly: false);
        var lifetime = new ContainerLifetimeAnnotation { Lifetime = ContainerLifetime.Session };
        lifetime.Lifetime = lifetime.Lifetime;
        var replicas = new ReplicaAnnotation(2);
        var relationship = new ResourceRelationshipAnnotation(other, "Friend");
        var icon = new ResourceIconAnnotation("Box", IconVariant.Regular);
        var wait = new WaitAnnotation(other, WaitType.WaitUntilHealthy) { WaitBehavior = WaitBehavior.StopOnResourceUnavailable };
        var urls = new ResourceUrlsCallbackAnnotation(context => Task.FromResult(context.Urls));
        var variables = new EnvironmentCallbackAnnotation(context => Task.FromResult(context.EnvironmentVariables));
        var arguments = new CommandLineArgsCallbackAnnotation(context => Task.FromResult(context.Args));
        ResourceAnnotationCollection all = [image, mount, lifetime, replicas, relationship, icon, wait, urls, variables, arguments, new ExplicitStartupAnnotation()];
        foreach (var annotation in all)
        {
            container.Annotations.Add(annotation);
        }

        _ = (mount.Source, mount.Target, mount.Type, mount.IsReadOnly, replicas.Replicas, relationship.Resource, relationship.Type, icon.IconName, icon.IconVariant);
        _ = (urls.Callback, variables.Callback, arguments.Callback, ContainerMountType.BindMount);
        foreach (var command in container.Annotations.OfType<ResourceCommandAnnotation>())
        {
            _ = (command.Name, command.DisplayName, command.DisplayDescription, command.ConfirmationMessage, command.IconName, command.IconVariant);
            _ = (command.IsHighlighted, command.Visibility, command.UpdateState, command.ExecuteCommand);
        }
    }

    public static async Task EndpointsAsync(EndpointAnnotation endpoint, IResourceWithEndpoints owner, CancellationToken cancellationToken)
    {
        (endpoint.Name, endpoint.Protocol, endpoint.UriScheme, endpoint.Transport, endpoint.TargetHost) =
            (endpoint.Name, ProtocolType.Tcp, endpoint.UriScheme, endpoint.Transport, endpoint.TargetHost);
        (endpoint.Port, endpoint.TargetPort, endpoint.IsProxied, endpoint.IsExternal, endpoint.TlsEnabled, endpoint.ExcludeReferenceEndpoint) =
            (endpoint.Port, endpoint.TargetPort, endpoint.IsProxied, endpoint.IsExternal, endpoint.TlsEnabled, endpoint.ExcludeReferenceEndpoint);
        _ = endpoint.Protocol;
        var allocated = endpoint.AllocatedEndpoint!;
        _ = (allocated.Address, allocated.Port, allocated.Endpoint, allocated.UriScheme, allocated.TargetPortExpression);
        var reference = new EndpointReference(owner, endpoint);
        var byName = new EndpointReference(owner, "http");
        var part = new EndpointReferenceExpression(reference, EndpointProperty.Port);
        var context = new ValueProviderContext { ExecutionContext = new(DistributedApplicationOperation.Run), Caller = owner, Network = new NetworkIdentifier("own") };
        _ = (await byName.GetValueAsync(cancellationToken), await part.GetValueAsync(cancellationToken), await part.GetValueAsync(context, cancellationToken), part.ValueExpression);
        _ = (context.ExecutionContext, context.Caller, context.Network?.Value, KnownNetworkIdentifiers.PublicInternet);
    }

    public static async Task EventsAsync(IResource resource, IServiceProvider services, DistributedApplicationModel model, ResourceEvent now)
    {
        var eventing = new DistributedApplicationEventing();
        IDistributedApplicationResourceEvent[] ofResource =
        [
            new BeforeResourceStartedEvent(resource, services), new ConnectionStringAvailableEvent(resource, services), new ResourceReadyEvent(resource, services),
            new ResourceEndpointsAllocatedEvent(resource, services), new ResourceStoppedEvent(resource, services, now),
        ];
        foreach (var happened in ofResource)
        {
            ILogger log = happened.Logger;
            _ = (happened.Resource, happened.Services, log);
        }

        var subscription = eventing.Subscribe<BeforeStartEvent>((_, _) => Task.CompletedTask);
        var ofOne = eventing.Subscribe<ResourceReadyEvent>(resource, (_, _) => Task.CompletedTask);
        eventing.Unsubscribe(subscription);
        await eventing.PublishAsync(new BeforeStartEvent(services, model));
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), EventDispatchBehavior.NonBlockingSequential);
        _ = (ofOne as DistributedApplicationResourceEventSubscription)?.Resource;
        _ = new DistributedApplicationResourceEventSubscription(resource, (_, _) => Task.CompletedTask);
        _ = new DistributedApplicationEventSubscription((_, _) => Task.CompletedTask);
        _ = new ResourceEvent(now.Resource, now.ResourceId, now.Snapshot);
    }

    public static CustomResourceSnapshot Snapshot(DateTime now) => new()
    {
        ResourceType = "Own",
        Properties = [new ResourcePropertySnapshot("key", "value") { IsSensitive = true }],
        CreationTimeStamp = now,
        StartTimeStamp = now,
        StopTimeStamp = now,
        State = new ResourceStateSnapshot("Ready", "success"),
        ExitCode = 0,
        IsHidden = false,
        IconName = "Box",
        IconVariant = IconVariant.Filled,
        EnvironmentVariables = [new EnvironmentVariableSnapshot("NAME", "value", IsFromSpec: true)],
        Urls = [new UrlSnapshot("http", "http://localhost", IsInternal: false) { DisplayProperties = new UrlDisplayPropertiesSnapshot("Shop", SortOrder: 1) }],
        Volumes = [new VolumeSnapshot("data", "/data", "Volume", IsReadOnly: false)],
        Relationships = [new RelationshipSnapshot("other", "Friend")],
        Commands = [new ResourceCommandSnapshot(
            "greet", ResourceCommandState.Hidden, "Greet", "Says hello", Parameter: null, "Sure?", "Hand", IconVariant.Regular, IsHighlighted: true)
        {
            Visibility = ResourceCommandVisibility.Api,
        }],
    };

    public static ImmutableArray<object?> Read(ResourceCommandSnapshot command, HealthReportSnapshot report, ResourceNotificationServiceOptions waits) =>
    [
        command.ConfirmationMessage, command.IconName, command.IconVariant, report with { Status = HealthStatus.Healthy },
        waits.DefaultWaitBehavior = waits.DefaultWaitBehavior, new HealthReportSnapshot("check", HealthStatus.Degraded, "why", ExceptionText: null) { LastRunAt = report.LastRunAt },
    ];

    public static object?[] Read(CommandOptions options, HttpCommandOptions request, ExecuteCommandResult result) =>
    [
        options.Description, options.ConfirmationMessage, options.IconName, options.IconVariant, options.IsHighlighted, options.UpdateState, options.Visibility,
        request.Method, request.HttpClientName, request.EndpointSelector, request.PrepareRequest, request.GetCommandResult, request.ResultMode,
        new ExecuteCommandResult { Success = result.Success, Data = new CommandResultData { Value = "{}", Format = CommandResultFormat.Json } },
    ];

    public static object?[] Read(DistributedApplicationOptions options, IProjectMetadata project, LaunchProfile profile, ResourceUrlAnnotation url) =>
    [
        options.Args, options.AssemblyName, options.ProjectDirectory, options.DisableDashboard, options.AllowUnsecuredTransport, options.EnableResourceLogging,
        options.ContainerRegistryOverride, options.DashboardApplicationName, project.ProjectPath, project.LaunchSettings, project.SuppressBuild,
        project.IsFileBasedApp, profile.CommandName, profile.ApplicationUrl, profile.LaunchUrl, profile.CommandLineArgs, url.Url, url.DisplayText, url.Endpoint,
        url.DisplayLocation,
    ];

    /// <summary>A default value of one's own.</summary>
    internal sealed class Today(TimeProvider time) : ParameterDefault
    {
        public override string GetDefaultValue() => $"{time.GetUtcNow():yyyy-MM-dd}";

        public override void WriteToManifest(ManifestPublishingContext context)
        {
            context.Writer.WriteString("value", GetDefaultValue());
            _ = (context.ExecutionContext, context.ManifestPath, context.CancellationToken, context.GetManifestRelativePath("file"));
        }
    }
}
