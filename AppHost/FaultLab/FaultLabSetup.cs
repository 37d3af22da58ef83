using System.Security.Cryptography;
using AppHost.FaultLab.Apps;
using AppHost.FaultLab.Links;
using AppHost.FaultLab.Processes;
using AppHost.FaultLab.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost.FaultLab;

/// <summary>
/// Commands that break a part of the running shop for some seconds (docs/fault-lab.md), by the setting <c>Shop:FaultLab</c>. They are in
/// Aspire's dashboard and at an HTTP address of AppHost.
/// </summary>
internal static class FaultLabSetup
{
    private const string Setting = "Shop:FaultLab";

    /// <summary>Whether this run has the fault lab. A manifest never has it.</summary>
    /// <exception cref="DistributedApplicationException"><c>Shop:FaultLab</c> is neither true nor false.</exception>
    public static bool HasFaultLab(this IDistributedApplicationBuilder builder) =>
        builder.ReadSwitch(Setting, byDefault: false) && builder.ExecutionContext.IsRunMode;

    /// <summary>Adds the commands, if the setting says so. The servers of the shop must have been added before.</summary>
    public static void AddFaultLab(
        this IDistributedApplicationBuilder builder, params IReadOnlyList<IResourceBuilder<ProjectResource>> apps)
    {
        if (!builder.HasFaultLab())
        {
            return;
        }

        builder.Services.AddSingleton<RunningFaults>();
        builder.Services.AddHostedService(services => services.GetRequiredService<RunningFaults>());
        builder.Services.AddHostedService<FaultEndpoint>();

        AddAppFaults(apps);
        builder.AddLinkFaults();
        builder.AddServerFaults();
        builder.AddProcessFaults(apps);
    }

    private static void AddAppFaults(IReadOnlyList<IResourceBuilder<ProjectResource>> apps)
    {
        var key = RandomNumberGenerator.GetHexString(32);
        foreach (var app in apps)
        {
            app.WithEnvironment("FaultLab__Key", key)
                .WithFaults(new FailHandlers(key), new Duplicate(key), new Reorder(key), new Poison(key), new SendMessage(key));
        }
    }

    private static void AddLinkFaults(this IDistributedApplicationBuilder builder)
    {
        foreach (var server in builder.Resources.ToArray())
        {
            if (server.TryGetLastAnnotation<LinkAnnotation>(out var proxy))
            {
                builder.CreateResourceBuilder(server).WithFaults(new CutLink(proxy.Link), new SlowLink(proxy.Link));
            }
        }
    }

    private static void AddServerFaults(this IDistributedApplicationBuilder builder)
    {
        foreach (var broker in builder.Resources.OfType<RabbitMQServerResource>())
        {
            builder.CreateResourceBuilder(broker).WithFaults(new MemoryAlarm(broker));
        }

        foreach (var database in builder.Resources.OfType<ServiceAccount>().Where(account => account.Parent is PostgresServerResource))
        {
            builder.CreateResourceBuilder(database).WithFaults(new FullDisk(database));
        }
    }

    private static void AddProcessFaults(
        this IDistributedApplicationBuilder builder, IEnumerable<IResourceBuilder<ProjectResource>> apps)
    {
        Fault[] faults = Freeze.IsSupported ? [new Kill(), new Freeze()] : [new Kill()];
        var servers = builder.Resources
            .Where(resource => resource is PostgresServerResource or RabbitMQServerResource or RedisResource)
            .Select(builder.CreateResourceBuilder);
        foreach (var part in apps.Concat<IResourceBuilder<IResource>>(servers))
        {
            part.WithFaults(faults);
        }
    }

    private static void WithFaults(this IResourceBuilder<IResource> resource, params ReadOnlySpan<Fault> faults)
    {
        foreach (var fault in faults)
        {
            resource.WithFault(fault);
        }
    }

    private static void WithFault(this IResourceBuilder<IResource> resource, Fault fault)
    {
        resource.WithAnnotation(new FaultAnnotation(fault));
        resource.WithCommand(
            fault.Name,
            fault.Title,
            context => context.Services.GetRequiredService<RunningFaults>().BeginAsync(resource.Resource, fault, context),
            new CommandOptions
            {
                Description = $"{fault.Effect} {(fault.Lasts ? "Ends by itself. " : "")}{fault.Expectation}",
                Arguments = fault.Arguments,
                IconName = fault.Icon,
                UpdateState = context => fault.StateIn(context.ResourceSnapshot),
            });
    }
}
