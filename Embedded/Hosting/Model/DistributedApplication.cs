using System.Runtime.InteropServices;
using Aspire.Hosting.Run;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>An application that was described and can be run.</summary>
public class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly IEntryPointWatcher? _watcher;
    private bool _disposed;

    internal DistributedApplication(IHost host, IEntryPointWatcher? watcher)
    {
        _host = host;
        _watcher = watcher;
    }

    /// <summary>AppHost's own services.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>Knows how every resource is.</summary>
    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Tells resources to do something.</summary>
    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>Starts to describe an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    /// <summary>Starts to describe an application.</summary>
    /// <param name="args">The command line, which configuration reads.</param>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    /// <summary>Starts to describe an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    /// <summary>Runs the application until it is stopped: Ctrl+C stops it in order, a second Ctrl+C at once.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <inheritdoc cref="Run"/>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_watcher is { RunsElsewhere: true })
        {
            await _watcher.Completion;
            return;
        }

        await using var _ = this;
        try
        {
            using var impatience = Services.GetService<SecondInterrupt>()?.Listen();
            await PrepareAsync(cancellationToken);
            await _host.StartAsync(cancellationToken);
            await _host.WaitForShutdownAsync(cancellationToken);
        }
        catch (DistributedApplicationException e)
        {
            // The message is written for people: a stack trace would bury it.
            await Console.Error.WriteLineAsync(e.Message);
            Environment.ExitCode = 1;
            await StopAfterFailureAsync();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
        {
            // Stopped while it started.
            await StopAfterFailureAsync();
        }
    }

    /// <summary>Starts every resource; does not wait until they are healthy.</summary>
    /// <exception cref="DistributedApplicationException">A port is taken, a server is missing …</exception>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        // Outside the host, which would tell of a failure in its own words.
        if (Services.GetService<Orchestrator>() is { } orchestrator)
        {
            await orchestrator.PrepareAsync(cancellationToken);
        }

        await _host.StartAsync(cancellationToken);
    }

    /// <summary>Stops every resource, in reverse order.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_disposed)
        {
            return;
        }

        _disposed = true;

        // A host that is disposed while it runs tells its services nothing: they would find everything gone.
        var lifetime = Services.GetRequiredService<IHostApplicationLifetime>();
        if (lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopped.IsCancellationRequested)
        {
            await _host.StopAsync(CancellationToken.None);
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    // The host listens for Ctrl+C once it starts; an installation before that must be undone in order too.
    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        if (Services.GetService<Orchestrator>() is { } orchestrator)
        {
            await orchestrator.PrepareAsync(interrupted.Token);
        }

        void Interrupt(PosixSignalContext context)
        {
            context.Cancel = true;
            interrupted.Cancel();
        }
    }

    private Task StopAfterFailureAsync() => _host.StopAsync(CancellationToken.None);
}
