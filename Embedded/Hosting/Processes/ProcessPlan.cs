namespace Aspire.Hosting.Processes;

/// <summary>A process to start.</summary>
internal sealed record ProcessPlan
{
    public required string FileName { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public required string WorkingDirectory { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the process reads; it must be short.</summary>
    public string? Input { get; init; }

    /// <summary>Asks the process to stop in order.</summary>
    public Signal StopSignal { get; init; } = Signal.Terminate;

    /// <summary>Another user than ours; only root can.</summary>
    public UserAccount? User { get; init; }

    /// <summary>Processes of its own that must run before it and are stopped after it.</summary>
    public IReadOnlyList<ProcessPlan> Companions { get; init; } = [];

    /// <summary>Whether the data need not survive: the process may be stopped at once.</summary>
    public bool IsDisposable { get; init; }
}

internal enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}

/// <summary>A user of the machine.</summary>
internal sealed record UserAccount(string Name, uint UserId, uint GroupId)
{
    /// <summary>Looks a user up in <c>/etc/passwd</c>: <c>postgres:x:101:104:…</c>.</summary>
    public static UserAccount? Find(string name) => !File.Exists("/etc/passwd") ? null : File.ReadLines("/etc/passwd")
        .Select(line => line.Split(':'))
        .Where(fields => fields.Length > 3 && fields[0] == name)
        .Select(fields => new UserAccount(name, uint.Parse(fields[2], System.Globalization.CultureInfo.InvariantCulture),
            uint.Parse(fields[3], System.Globalization.CultureInfo.InvariantCulture)))
        .FirstOrDefault();
}
