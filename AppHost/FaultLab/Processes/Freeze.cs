namespace AppHost.FaultLab.Processes;

/// <summary>Stops the processes of a resource without ending them.</summary>
internal sealed class Freeze() : Fault("freeze", "Fault: freeze", "Pause")
{
    /// <summary>Windows has no such signal.</summary>
    public static bool IsSupported => !OperatingSystem.IsWindows();

    public override string Effect =>
        "All processes are frozen (SIGSTOP): connections open, and nothing answers. They go on at the end (SIGCONT).";

    public override string Expectation =>
        "In Flows, messages for it wait in the broker or stay received without an end, and go on where they were. Requests that need it "
        + "wait until their timeout; see docs/autonomy.md.";

    public override ResourceCommandState StateIn(CustomResourceSnapshot snapshot) => ResourceProcess.StateIn(snapshot);

    public override async Task<IAsyncDisposable> BeginAsync(FaultCall call, CancellationToken cancellationToken) =>
        await FrozenProcesses.BeginAsync(ResourceProcess.IdOf(call), cancellationToken);
}
