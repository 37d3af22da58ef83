using System.Reflection;

namespace Aspire.Hosting;

/// <summary>How an application is built.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The assembly of AppHost; default: the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The folder of AppHost's project; default: what its build recorded.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>Whether there is no dashboard; default no.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Whether plain HTTP is fine. It always is here: everything is on loopback.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Whether the console of every resource is written to the log of AppHost; default no.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>The registry that the images of all containers are deployed from; default: each image's own.</summary>
    public string? ContainerRegistryOverride { get; set; }

    /// <summary>The name in the dashboard's title; default: AppHost's.</summary>
    public string? DashboardApplicationName { get; set; }

    internal Assembly? Assembly { get; set; }

    /// <summary>Whether fixed ports are replaced by free ones, so that many applications run at a time.</summary>
    internal bool RandomizePorts { get; set; }

    /// <summary>Whether progress is told at the terminal.</summary>
    internal bool Quiet { get; set; }

    internal Assembly? ResolveAssembly() =>
        Assembly ?? (AssemblyName is not null ? Assembly.Load(AssemblyName) : Assembly.GetEntryAssembly());
}
