using System.Reflection;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Describes an application: its resources and how they belong together.</summary>
public interface IDistributedApplicationBuilder
{
    /// <summary>AppHost's configuration: appsettings, user secrets, environment, command line.</summary>
    ConfigurationManager Configuration { get; }

    /// <summary>The folder of AppHost's project.</summary>
    string AppHostDirectory { get; }

    /// <summary>The assembly of AppHost.</summary>
    Assembly? AppHostAssembly { get; }

    /// <summary>Development, Production …</summary>
    IHostEnvironment Environment { get; }

    /// <summary>AppHost's own services.</summary>
    IServiceCollection Services { get; }

    /// <summary>Tells what happens to the application.</summary>
    IDistributedApplicationEventing Eventing { get; }

    /// <summary>Run or publish.</summary>
    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>The resources described so far.</summary>
    IResourceCollection Resources { get; }

    /// <summary>Adds a resource.</summary>
    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    /// <summary>A builder of a resource that is not added.</summary>
    IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource;

    /// <summary>Builds the application.</summary>
    DistributedApplication Build();
}
