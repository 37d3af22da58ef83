namespace AppHost.FaultLab.Processes;

/// <summary>One line of <c>ps</c>; the state is a letter, as <c>ps</c> writes it.</summary>
internal sealed record RunningProcess(int Id, char State, int Parent)
{
    /// <summary>Nothing of it runs: stopped by a signal, or ended.</summary>
    public bool IsStopped => State is 'T' or 't' or 'Z' or 'X';
}
