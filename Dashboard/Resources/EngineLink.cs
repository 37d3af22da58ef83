using System.Collections.Concurrent;
using System.Threading.Channels;
using Dashboard.Resources.V1;

namespace Dashboard.Resources;

/// <summary>Whether an engine is connected, and the way to have it run a command.</summary>
public sealed class EngineLink(DashboardOptions options, ResourceStore resources)
{
    private EngineConnection? _current;

    public bool IsConnected => Volatile.Read(ref _current) is not null;

    /// <summary>An engine has been connected since the start.</summary>
    public bool WasConnected { get; private set; }

    public string ApplicationName { get; private set; } = options.ApplicationName;

    /// <summary>Asks the engine to run a command and waits for its answer; says so when there is no engine.</summary>
    public Task<CommandResult> ExecuteAsync(string resource, string command, CancellationToken cancellationToken) =>
        Volatile.Read(ref _current) is { } connection
            ? connection.ExecuteAsync(resource, command, cancellationToken)
            : Task.FromResult(new CommandResult { Message = "The engine is not connected." });

    internal bool IsCurrent(EngineConnection connection) => ReferenceEquals(Volatile.Read(ref _current), connection);

    internal EngineConnection Open(string applicationName)
    {
        ApplicationName = string.IsNullOrWhiteSpace(applicationName) ? options.ApplicationName : applicationName;
        WasConnected = true;
        var connection = new EngineConnection();
        Interlocked.Exchange(ref _current, connection)?.End();
        resources.Changed();
        return connection;
    }

    internal void Close(EngineConnection connection)
    {
        Interlocked.CompareExchange(ref _current, null, connection);
        connection.End();
        resources.Changed();
    }
}

/// <summary>One connection of an engine: commands on their way to it and those that wait for an answer.</summary>
public sealed class EngineConnection
{
    private readonly Channel<ExecuteCommand> _commands = Channel.CreateUnbounded<ExecuteCommand>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<CommandResult>> _waiting = new();

    public ChannelReader<ExecuteCommand> Commands => _commands.Reader;

    internal async Task<CommandResult> ExecuteAsync(string resource, string command, CancellationToken cancellationToken)
    {
        var request = new ExecuteCommand { RequestId = Guid.NewGuid().ToString("n"), ResourceName = resource, CommandName = command };
        var result = new TaskCompletionSource<CommandResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[request.RequestId] = result;
        try
        {
            if (!_commands.Writer.TryWrite(request))
            {
                return Gone(request.RequestId);
            }

            return await result.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _waiting.TryRemove(request.RequestId, out _);
        }
    }

    internal void Complete(CommandResult result)
    {
        if (_waiting.TryRemove(result.RequestId, out var waiting))
        {
            waiting.TrySetResult(result);
        }
    }

    internal void End()
    {
        _commands.Writer.TryComplete();
        foreach (var (id, waiting) in _waiting)
        {
            waiting.TrySetResult(Gone(id));
        }
    }

    private static CommandResult Gone(string requestId) => new() { RequestId = requestId, Message = "The engine went before it answered." };
}
