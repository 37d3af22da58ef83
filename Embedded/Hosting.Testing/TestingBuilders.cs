using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>A builder that hands its application out once and takes it down with itself.</summary>
internal abstract class TestingBuilder(DistributedApplicationBuilder builder) : IDistributedApplicationTestingBuilder
{
    private DistributedApplication? _application;

    public ConfigurationManager Configuration => builder.Configuration;

    public string AppHostDirectory => builder.AppHostDirectory;

    public Assembly? AppHostAssembly => builder.AppHostAssembly;

    public IHostEnvironment Environment => builder.Environment;

    public IServiceCollection Services => builder.Services;

    public IDistributedApplicationEventing Eventing => builder.Eventing;

    public DistributedApplicationExecutionContext ExecutionContext => builder.ExecutionContext;

    public IResourceCollection Resources => builder.Resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource => builder.AddResource(resource);

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => builder.CreateResourceBuilder(resource);

    public DistributedApplication Build() => BuildAsync().GetAwaiter().GetResult();

    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) =>
        _application = await BuildCoreAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        End();
    }

    public void Dispose()
    {
        _application?.Dispose();
        End();
    }

    protected abstract Task<DistributedApplication> BuildCoreAsync(CancellationToken cancellationToken);

    protected virtual void End()
    {
    }
}

internal sealed class PlainTestingBuilder(DistributedApplicationBuilder builder) : TestingBuilder(builder)
{
    private readonly DistributedApplicationBuilder _builder = builder;

    protected override Task<DistributedApplication> BuildCoreAsync(CancellationToken cancellationToken) => Task.FromResult(_builder.Build());
}

internal sealed class EntryPointTestingBuilder(DistributedApplicationBuilder builder, EntryPointRun run) : TestingBuilder(builder)
{
    protected override Task<DistributedApplication> BuildCoreAsync(CancellationToken cancellationToken) => run.BuildAsync(cancellationToken);

    protected override void End() => run.End();
}
