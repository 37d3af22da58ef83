using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs the entry point of an AppHost on a thread of its own, and holds it at <c>Build</c> and at <c>Run</c>.</summary>
internal sealed class EntryPointRun(Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    : IEntryPointWatcher
{
    /// <summary>Sees the builder before the entry point does.</summary>
    public Action<DistributedApplicationBuilder> OnCreated { get; init; } = _ => { };

    private readonly TaskCompletionSource<DistributedApplicationBuilder> _modelled = New<DistributedApplicationBuilder>();
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = New<DistributedApplication>();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Completion => _over.Task;

    public bool RunsElsewhere => true;

    public Task<DistributedApplicationBuilder> StartAsync(CancellationToken cancellationToken)
    {
        var main = entryPoint.Assembly.EntryPoint ?? throw new InvalidOperationException(
            $"'{entryPoint.Assembly.GetName().Name}' has no entry point: it is not an AppHost.");
        new Thread(() => Run(main)) { IsBackground = true, Name = $"Entry point of {entryPoint.Assembly.GetName().Name}" }.Start();
        return _modelled.Task.WaitAsync(cancellationToken);
    }

    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _mayBuild.TrySetResult();
        return _built.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets the entry point end.</summary>
    public void End()
    {
        _mayBuild.TrySetCanceled();
        _over.TrySetResult();
    }

    public void OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.Args = [.. options.Args ?? [], .. args];
        options.Assembly = entryPoint.Assembly;
        TestDefaults.Apply(options, settings);
        configure(options, settings);
    }

    public void OnConstructed(DistributedApplicationBuilder builder)
    {
        TestDefaults.AddTo(builder);
        OnCreated(builder);
    }

    public void OnBuilding(DistributedApplicationBuilder builder)
    {
        _modelled.TrySetResult(builder);
        _mayBuild.Task.GetAwaiter().GetResult();
    }

    public void OnBuilt(DistributedApplication application) => _built.TrySetResult(application);

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Run(MethodInfo main)
    {
        EntryPointWatcher.Current = this;
        try
        {
            var result = main.Invoke(null, main.GetParameters().Length == 0 ? [] : [args]);
            (result as Task)?.GetAwaiter().GetResult();
            Fail(new InvalidOperationException("The entry point ended before it built an application."));
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            Fail(inner);
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void Fail(Exception e)
    {
        _modelled.TrySetException(e);
        _built.TrySetException(e);

        // Nobody may be waiting for it any more.
        _ = _built.Task.Exception;
        _ = _modelled.Task.Exception;
    }
}
