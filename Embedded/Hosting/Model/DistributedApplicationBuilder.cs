using System.Reflection;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Run;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <inheritdoc cref="IDistributedApplicationBuilder"/>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--operation"] = "AppHost:Operation",
        ["--publisher"] = "Publishing:Publisher",
        ["--output-path"] = "Publishing:OutputPath",
        ["--step"] = "Pipeline:Step",
        ["--log-level"] = "Pipeline:LogLevel",
        ["--include-exception-details"] = "Pipeline:IncludeExceptionDetails",
        ["--clear-cache"] = "Pipeline:ClearCache",
        ["--environment"] = "environment",
    };

    private readonly HostApplicationBuilder _host;
    private readonly IEntryPointWatcher? _watcher = EntryPointWatcher.Current;
    private bool _built;

    /// <summary>Starts to describe an application.</summary>
    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    /// <summary>Starts to describe an application.</summary>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        var settings = new HostApplicationBuilderSettings { Args = null };
        _watcher?.OnConstructing(options, settings);
        settings.EnvironmentName ??= EnvironmentNameOf(options);
        AppHostAssembly = options.ResolveAssembly();
        var metadata = AppHostMetadata.Of(AppHostAssembly);
        AppHostDirectory = options.ProjectDirectory ?? metadata.ProjectFolder ?? Directory.GetCurrentDirectory();
        settings.ContentRootPath ??= Directory.Exists(AppHostDirectory) ? AppHostDirectory : AppContext.BaseDirectory;
        settings.ApplicationName ??= AppHostAssembly?.GetName().Name;
        _host = new HostApplicationBuilder(settings);
        _host.Configuration.AddCommandLine(options.Args ?? [], Switches);
        AddUserSecrets();
        Options = options;
        Metadata = metadata;
        ExecutionContext = new DistributedApplicationExecutionContext(ReadOperation());
        _host.Configuration.AddInMemoryCollection(AppHostIdentity.Describe(this));
        this.AddEngine(options);
        _watcher?.OnConstructed(this);
    }

    /// <inheritdoc/>
    public ConfigurationManager Configuration => _host.Configuration;

    /// <inheritdoc/>
    public string AppHostDirectory { get; }

    /// <inheritdoc/>
    public Assembly? AppHostAssembly { get; }

    /// <inheritdoc/>
    public IHostEnvironment Environment => _host.Environment;

    /// <inheritdoc/>
    public IServiceCollection Services => _host.Services;

    /// <inheritdoc/>
    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    /// <inheritdoc/>
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <inheritdoc/>
    public IResourceCollection Resources { get; } = new ResourceCollection();

    internal AppHostMetadata Metadata { get; }

    internal DistributedApplicationOptions Options { get; }

    internal ILoggingBuilder Logging => _host.Logging;

    internal static string? EnvironmentNameOf(DistributedApplicationOptions options) =>
        new ConfigurationBuilder().AddCommandLine(options.Args ?? [], Switches).Build()["environment"];

    /// <inheritdoc/>
    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc/>
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    /// <inheritdoc/>
    public DistributedApplication Build()
    {
        if (_built)
        {
            throw new InvalidOperationException("Build can only be called once.");
        }

        _built = true;
        _watcher?.OnBuilding(this);
        var host = _host.Build();
        ExecutionContext.Services = host.Services;
        var application = new DistributedApplication(host, _watcher);
        _watcher?.OnBuilt(application);
        return application;
    }

    // The host adds them in Development only; a manifest may be written in any environment, and a test host has another entry assembly.
    private void AddUserSecrets()
    {
        if (UserSecrets.Of(this).FilePath is { } file && File.Exists(file))
        {
            var secrets = new ConfigurationManager();
            secrets.AddJsonFile(file, optional: true, reloadOnChange: false);
            var at = _host.Configuration.Sources.TakeWhile(source =>
                source is not Microsoft.Extensions.Configuration.EnvironmentVariables.EnvironmentVariablesConfigurationSource { Prefix: null or "" }).Count();
            _host.Configuration.Sources.Insert(at, new ChainedConfigurationSource { Configuration = secrets, ShouldDisposeConfiguration = true });
        }
    }

    private DistributedApplicationOperation ReadOperation()
    {
        // The form of earlier versions, which azd still uses.
        if (Configuration["Publishing:Publisher"] is { } publisher)
        {
            return publisher is "manifest"
                ? DistributedApplicationOperation.Publish
                : throw new DistributedApplicationException(
                    $"Unknown publisher '{publisher}'. The embedded engine knows 'manifest'; build with -p:AspireEngine=aspire for the others.");
        }

        if (Configuration["AppHost:Operation"] is not { } operation || operation.Equals("run", StringComparison.OrdinalIgnoreCase))
        {
            return DistributedApplicationOperation.Run;
        }

        if (!operation.Equals("publish", StringComparison.OrdinalIgnoreCase))
        {
            throw new DistributedApplicationException($"Unknown operation '{operation}'. Known are 'run' and 'publish'.");
        }

        return Configuration["Pipeline:Step"] is null or "publish-manifest"
            ? DistributedApplicationOperation.Publish
            : throw new DistributedApplicationException(
                $"Unknown step '{Configuration["Pipeline:Step"]}'. The embedded engine knows 'publish-manifest'; build with -p:AspireEngine=aspire for the others.");
    }
}
