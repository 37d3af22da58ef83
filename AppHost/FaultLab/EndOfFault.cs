namespace AppHost.FaultLab;

/// <summary>Ends a fault by one action.</summary>
internal sealed class EndOfFault(Func<Task> endAsync) : IAsyncDisposable
{
    public EndOfFault(Action end)
        : this(() =>
        {
            end();
            return Task.CompletedTask;
        })
    {
    }

    public async ValueTask DisposeAsync() => await endAsync();
}
