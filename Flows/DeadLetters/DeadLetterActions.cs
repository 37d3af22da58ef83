using System.Text.Json.Nodes;

namespace Flows.DeadLetters;

/// <summary>
/// Peeks, replays and discards at the services. Two browsers may act at the same time: a service delivers each message once, and says of
/// one that has left its queue that it is not there.
/// </summary>
public sealed class DeadLetterActions(
    DeadLetterSettings settings, DeadLetterClient client, DeadLetterStore store, DeadLetterPoller poller)
{
    /// <summary>Null when it is not in its queue any more.</summary>
    /// <exception cref="SourceFaultException">The source does not answer, or refuses.</exception>
    public async Task<DeadLetterContent?> PeekAsync(string id, CancellationToken cancellationToken) =>
        SourceOf(id) is { } source ? await client.PeekAsync(source, id, cancellationToken) : null;

    /// <summary>False when it is not in its queue any more.</summary>
    /// <exception cref="SourceFaultException">The source does not answer, or refuses.</exception>
    /// <param name="id">The dead letter.</param>
    /// <param name="body">Replaces its body; null keeps it.</param>
    /// <param name="cancellationToken">Ends the wait for the service.</param>
    /// <exception cref="SourceFaultException">The source does not answer, or refuses, for example this body.</exception>
    public Task<bool> ReplayAsync(string id, JsonNode? body, CancellationToken cancellationToken) =>
        ActAsync(id, Fate.Replayed, (source, letter, token) => client.ReplayAsync(source, letter, body, token), cancellationToken);

    /// <summary>False when it is not in its queue any more.</summary>
    /// <exception cref="SourceFaultException">The source does not answer, or refuses.</exception>
    public Task<bool> DiscardAsync(string id, CancellationToken cancellationToken) =>
        ActAsync(id, Fate.Discarded, client.DiscardAsync, cancellationToken);

    /// <summary>
    /// What a replay or a discard of the group would act on. The store knows only the letters that were read; the sources know all.
    /// </summary>
    /// <param name="group">The group's id.</param>
    /// <param name="cancellationToken">Ends the wait for the services.</param>
    public Task<ActionOutcome> CountGroupAsync(string group, CancellationToken cancellationToken) => ActOnGroupAsync(
        group,
        fate: null,
        (source, token) => client.ReplayGroupAsync(source, group, DeadLetterClient.DefaultRate, dryRun: true, token),
        cancellationToken);

    /// <param name="group">The group's id.</param>
    /// <param name="rate">Messages per second, so that new messages are not delayed.</param>
    /// <param name="cancellationToken">Ends the wait for the services.</param>
    public Task<ActionOutcome> ReplayGroupAsync(string group, double rate, CancellationToken cancellationToken) => ActOnGroupAsync(
        group, Fate.Replayed, (source, token) => client.ReplayGroupAsync(source, group, rate, dryRun: false, token), cancellationToken);

    public Task<ActionOutcome> DiscardGroupAsync(string group, CancellationToken cancellationToken) => ActOnGroupAsync(
        group, Fate.Discarded, (source, token) => client.DiscardGroupAsync(source, group, token), cancellationToken);

    private async Task<bool> ActAsync(
        string id, Fate fate, Func<DeadLetterSource, string, CancellationToken, Task<bool>> actAsync, CancellationToken cancellationToken)
    {
        if (SourceOf(id) is not { } source)
        {
            return false;
        }

        var done = await actAsync(source, id, cancellationToken);
        if (done)
        {
            store.Left(source.Name, new HashSet<string> { id }, fate);
        }

        await poller.RefreshAsync(source, cancellationToken);
        return done;
    }

    private async Task<ActionOutcome> ActOnGroupAsync(
        string group,
        Fate? fate,
        Func<DeadLetterSource, CancellationToken, Task<ActionReport>> actAsync,
        CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>();
        var faults = new List<string>();
        var remaining = 0;
        foreach (var source in SourcesOf(group))
        {
            try
            {
                var report = await actAsync(source, cancellationToken);
                counts[source.Name] = report.Messages.Count;
                remaining += report.Remaining;
                if (fate is { } known)
                {
                    store.Left(source.Name, report.Messages.ToHashSet(), known);
                    await poller.RefreshAsync(source, cancellationToken);
                }
            }
            catch (SourceFaultException fault)
            {
                faults.Add($"{source.Name}: {fault.Message}");
            }
        }

        return new ActionOutcome(counts, remaining, faults);
    }

    private DeadLetterSource? SourceOf(string id) =>
        store.Find(id) is { } letter ? settings.Sources.First(source => source.Name == letter.Source) : null;

    private List<DeadLetterSource> SourcesOf(string group)
    {
        var names = store.Summary.Groups.FirstOrDefault(known => known.Key == group)?.Sources ?? [];
        return [.. settings.Sources.Where(source => names.Contains(source.Name))];
    }
}
