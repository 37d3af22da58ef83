using System.Reflection;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ApiShape;

internal static class Builders
{
    public static async Task RunAsync(string[] args, CancellationToken cancellationToken)
    {
        IDistributedApplicationBuilder first = DistributedApplication.CreateBuilder();
        IDistributedApplicationBuilder second = DistributedApplication.CreateBuilder(args);
        IDistributedApplicationBuilder third = DistributedApplication.CreateBuilder(Options(args));
        var fourth = new DistributedApplicationBuilder(args);
        var fifth = new DistributedApplicationBuilder(Options(args));
        Read(first);
        Read(second);
        Read(third);
        Read(fourth);
        await using DistributedApplication application = fifth.Build();
        ResourceNotificationService notifications = application.ResourceNotifications;
        ResourceCommandService commands = application.ResourceCommands;
        IServiceProvider services = application.Services;
        await application.StartAsync(cancellationToken);
        await application.StopAsync(cancellationToken);
        await application.RunAsync(cancellationToken);
        application.Run();
        application.Dispose();
        await Notifications.UseAsync(notifications, cancellationToken);
        await Notifications.UseAsync(commands, services.GetRequiredService<DistributedApplicationModel>(), cancellationToken);
        await Notifications.UseAsync(AsHost(application).Services.GetRequiredService<ResourceLoggerService>(), cancellationToken);
    }

    private static IHost AsHost(IHost host) => host;

    private static DistributedApplicationOptions Options(string[] args) => new()
    {
        Args = args,
        AssemblyName = "AppHost",
        ProjectDirectory = "/app",
        DisableDashboard = true,
        AllowUnsecuredTransport = true,
        EnableResourceLogging = true,
        ContainerRegistryOverride = "registry.example",
        DashboardApplicationName = "Shop",
    };

    private static void Read(IDistributedApplicationBuilder builder)
    {
        ConfigurationManager configuration = builder.Configuration;
        string folder = builder.AppHostDirectory;
        Assembly? assembly = builder.AppHostAssembly;
        IHostEnvironment environment = builder.Environment;
        IServiceCollection services = builder.Services;
        IDistributedApplicationEventing eventing = builder.Eventing;
        DistributedApplicationExecutionContext execution = builder.ExecutionContext;
        IResourceCollection resources = builder.Resources;
        IResourceBuilder<Box> added = builder.AddResource(new Box("box"));
        IResourceBuilder<Box> created = builder.CreateResourceBuilder(new Box("other"));
        IDistributedApplicationBuilder owner = added.WithAnnotation(new Label("one"))
            .WithAnnotation(new Label("two"), ResourceAnnotationMutationBehavior.Replace)
            .WithAnnotation<Label>()
            .WithAnnotation<Label>(ResourceAnnotationMutationBehavior.Append)
            .ApplicationBuilder;
        _ = (configuration["key"], folder, assembly, environment.IsDevelopment(), services.Count, eventing, owner, created.Resource.Name, resources.Count);
        _ = (execution.IsPublishMode, execution.IsRunMode, execution.Operation == DistributedApplicationOperation.Publish, execution.PublisherName, execution.Services);
        _ = new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run);
        _ = new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish, "manifest");
        _ = new DistributedApplicationModel(resources).Resources;
        _ = (new DistributedApplicationException(), new DistributedApplicationException("text"), new DistributedApplicationException("text", new IOException()));
        _ = (new MissingParameterValueException("text"), new MissingParameterValueException("text", new IOException()));
        ReadAnnotations(added.Resource);
    }

    private static void ReadAnnotations(Box box)
    {
        bool last = box.TryGetLastAnnotation<Label>(out var label);
        bool all = box.TryGetAnnotationsOfType<Label>(out IEnumerable<Label>? labels);
        bool any = box.HasAnnotationOfType<Label>();
        bool hasImage = box.TryGetContainerImageName(out string? image);
        ResourceAnnotationCollection annotations = box.Annotations;
        _ = (last, label?.Text, all, labels?.Count(), any, hasImage, image, annotations.Count, box.GetReplicaCount());
    }

    // Every kind of resource that a custom one may claim to be.
    internal sealed class Box(string name) : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport,
        IComputeResource, IResourceWithParent<IResource>, IResourceWithoutLifetime
    {
        public IResource Parent => this;
    }

    internal sealed class Label(string text) : IResourceAnnotation
    {
        public Label()
            : this("")
        {
        }

        public string Text => text;
    }
}
