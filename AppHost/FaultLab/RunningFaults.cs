using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AppHost.FaultLab;

/// <summary>
/// Begins faults, and ends each when its time is over or AppHost stops. A process has the same fault once at a time; other faults of
/// it, and faults of others, may overlap.
/// </summary>
internal sealed partial class RunningFaults(IServiceProvider services, ILogger<RunningFaults> logger) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<(string InstanceId, string Fault), RunningFault> _running = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>When a fault of a resource ends, the last one if the resource has replicas; null if it is not running.</summary>
    public DateTimeOffset? EndOf(IResource resource, Fault fault) =>
        _running.Values.Where(running => running.Resource == resource.Name && running.Fault == fault.Name)
            .Max(running => (DateTimeOffset?)running.EndsAt);

    /// <summary>Begins a fault, and says what to expect or why it was refused.</summary>
    public async Task<ExecuteCommandResult> BeginAsync(IResource resource, Fault fault, ExecuteCommandContext context)
    {
        try
        {
            var duration = fault.Lasts ? TimeSpan.FromSeconds(NumberArgument.Seconds.In(context.Arguments)) : TimeSpan.Zero;
            await BeginAsync(
                fault, new FaultCall(resource, context.ResourceName, duration, context.Arguments, services), context.CancellationToken);
            return CommandResults.Success(
                $"{fault.Effect} {(fault.Lasts ? Invariant($"Ends in {duration.TotalSeconds} s. ") : "")}{fault.Expectation}");
        }
        catch (FaultRefusedException refused)
        {
            return CommandResults.Failure(refused.Message);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends all faults: a frozen process would not stop.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Values.Select(running => running.Ended.Task)).WaitAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task BeginAsync(Fault fault, FaultCall call, CancellationToken cancellationToken)
    {
        var key = (call.InstanceId, fault.Name);
        var running = new RunningFault(call.Resource.Name, fault.Name, TimeProvider.System.GetUtcNow() + call.Duration, new());
        if (!_running.TryAdd(key, running))
        {
            throw new FaultRefusedException(
                $"'{fault.Name}' of {call.Resource.Name} is already running. It ends by itself; begin it again then.");
        }

        IAsyncDisposable end;
        try
        {
            end = await fault.BeginAsync(call, cancellationToken);
        }
        catch
        {
            _running.TryRemove(key, out _);
            running.Ended.SetResult();
            throw;
        }

        LogBegun(fault.Name, call.Resource.Name, call.Duration.TotalSeconds);
        _ = EndLaterAsync(running, end, call.Duration, () => _running.TryRemove(key, out _));
    }

    private async Task EndLaterAsync(RunningFault running, IAsyncDisposable end, TimeSpan duration, Action remove)
    {
        await Task.Delay(duration, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await end.DisposeAsync();
            LogEnded(running.Fault, running.Resource);
        }
        catch (Exception fault)
        {
            LogNotEnded(fault, running.Fault, running.Resource);
        }

        remove();
        running.Ended.SetResult();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Information, Message = "Fault '{Fault}' of {Resource} begins and lasts {Seconds} s")]
    private partial void LogBegun(string fault, string resource, double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Fault '{Fault}' of {Resource} has ended")]
    private partial void LogEnded(string fault, string resource);

    [LoggerMessage(Level = LogLevel.Error, Message = "Fault '{Fault}' of {Resource} could not be ended")]
    private partial void LogNotEnded(Exception exception, string fault, string resource);

    private sealed record RunningFault(string Resource, string Fault, DateTimeOffset EndsAt, TaskCompletionSource Ended);
}
