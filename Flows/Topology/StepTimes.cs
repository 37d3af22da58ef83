using Flows.Stitching;

namespace Flows.Topology;

/// <summary>
/// How long a message of a type normally takes through a queue, from its creation, or the time that it was due, to the end of its handling.
/// A message that was in the dead letters did not go the normal way, and does not count.
/// </summary>
public sealed class StepTimes(IEnumerable<SentMessage> messages)
{
    private readonly Dictionary<(string Type, string Queue), PartTimes> _times = messages
        .SelectMany(sent => sent.Message.Deliveries
            .Where(delivery => !delivery.Last.IsFailure && delivery.Attempts.All(attempt => attempt.Wait.ReplayedAt is null))
            .Select(delivery => (
                Step: (sent.Message.Type, delivery.Queue), Took: (TimeSpan?)(delivery.Last.Wait.EndedAt - sent.WaitsSince))))
        .GroupBy(measured => measured.Step, measured => measured.Took)
        .ToDictionary(group => group.Key, group => PartTimes.Of(group)!);

    /// <summary>Null if no message of this type was handled from this queue.</summary>
    public PartTimes? Of(string type, string queue) => _times.GetValueOrDefault((type, queue));
}
