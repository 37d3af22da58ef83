using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Builds applications for tests: free ports, no dashboard, nothing at the terminal.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the entry point of an AppHost up to <c>Build</c>: its model is there, to be changed or built.</summary>
    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly: <c>Projects.AppHost</c>.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, args, (_, _) => { }, cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default) => CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    [SuppressMessage("Reliability", "CA2000", Justification = "The builder that is returned owns the run.")]
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        var run = new EntryPointRun(entryPoint, args, configureBuilder);
        return new EntryPointTestingBuilder(await run.StartAsync(cancellationToken), run);
    }

    /// <summary>Starts with an empty model.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, (_, _) => { });

    /// <summary>Starts with an empty model.</summary>
    public static IDistributedApplicationTestingBuilder Create(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        var watcher = new BuilderSettings(configureBuilder);
        EntryPointWatcher.Current = watcher;
        try
        {
            var builder = new DistributedApplicationBuilder(new DistributedApplicationOptions
            {
                Args = args,
                Assembly = System.Reflection.Assembly.GetEntryAssembly(),
            });
            return new PlainTestingBuilder(builder);
        }
        finally
        {
            EntryPointWatcher.Current = null;
        }
    }

    private sealed class BuilderSettings(Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : IEntryPointWatcher
    {
        public Task Completion => Task.CompletedTask;

        public bool RunsElsewhere => false;

        public void OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
        {
            TestDefaults.Apply(options, settings);
            configure(options, settings);
        }

        public void OnConstructed(DistributedApplicationBuilder builder) => TestDefaults.AddTo(builder);

        public void OnBuilding(DistributedApplicationBuilder builder)
        {
        }

        public void OnBuilt(DistributedApplication application)
        {
        }
    }
}
