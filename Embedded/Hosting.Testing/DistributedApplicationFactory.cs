using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Starts an AppHost for a test class that derives from it to change what is built. Mirrors
/// <c>Aspire.Hosting.Testing.DistributedApplicationFactory</c>.
/// </summary>
/// <param name="entryPoint">A type of the AppHost's assembly: <c>typeof(Projects.AppHost)</c>.</param>
/// <param name="args">Its command line.</param>
public class DistributedApplicationFactory(Type entryPoint, string[] args) : IDisposable, IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private EntryPointTestingBuilder? _builder;
    private DistributedApplication? _application;

    /// <summary>Starts an AppHost without arguments.</summary>
    public DistributedApplicationFactory(Type entryPoint)
        : this(entryPoint, [])
    {
    }

    /// <summary>Builds and starts the application; does nothing when that is done.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_application is not null)
            {
                return;
            }

            var run = new EntryPointRun(entryPoint, args, OnBuilderCreating) { OnCreated = OnBuilderCreated };
            var modelled = await run.StartAsync(cancellationToken);
            _builder = new EntryPointTestingBuilder(modelled, run);
            OnBuilding(modelled);
            var application = await _builder.BuildAsync(cancellationToken);
            OnBuilt(application);
            await application.StartAsync(cancellationToken);
            _application = application;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>An HTTP client of a resource.</summary>
    /// <exception cref="InvalidOperationException">The application was not started.</exception>
    public HttpClient CreateHttpClient(string resourceName, string? endpointName = default) => Application.CreateHttpClient(resourceName, endpointName);

    /// <summary>The connection string of a resource; waits until it is known.</summary>
    /// <exception cref="InvalidOperationException">The application was not started.</exception>
    public ValueTask<string?> GetConnectionString(string resourceName) => Application.GetConnectionStringAsync(resourceName);

    /// <summary>The address of a resource.</summary>
    /// <exception cref="InvalidOperationException">The application was not started.</exception>
    public Uri GetEndpoint(string resourceName, string? endpointName = default) => Application.GetEndpoint(resourceName, endpointName);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_builder is not null)
        {
            await _builder.DisposeAsync();
        }

        _starting.Dispose();
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
        DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Called before the AppHost has a builder.</summary>
    protected virtual void OnBuilderCreating(DistributedApplicationOptions applicationOptions, HostApplicationBuilderSettings hostOptions)
    {
    }

    /// <summary>Called when the AppHost has a builder, and no resource yet.</summary>
    protected virtual void OnBuilderCreated(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>Called when the model is complete.</summary>
    protected virtual void OnBuilding(DistributedApplicationBuilder applicationBuilder)
    {
    }

    /// <summary>Called when the application is built, and not started yet.</summary>
    protected virtual void OnBuilt(DistributedApplication application)
    {
    }

    private DistributedApplication Application => _application ?? throw new InvalidOperationException("The application was not started: call StartAsync.");
}
