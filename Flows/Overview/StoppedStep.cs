using Flows.DeadLetters;
using Flows.Stitching;

namespace Flows.Overview;

/// <summary>A message that was given up, so that nothing follows from it until somebody acts.</summary>
/// <param name="Letter">Its dead letter; null if it is not among those that were read.</param>
/// <param name="HasLeft">Whether it is known to be in the dead letters no more.</param>
public sealed record StoppedStep(FlowMessage Message, string Queue, string? Error, DeadLetter? Letter, bool HasLeft)
{
    public static List<StoppedStep> In(IEnumerable<FlowMessage> messages, DeadLetterSummary letters) =>
    [
        .. from message in messages
        from delivery in message.Deliveries
        where delivery.State is FlowState.DeadLettered
        let letter = letters.Find(message.Id, delivery.Queue)
        select new StoppedStep(message, delivery.Queue, delivery.Last.Error, letter, HasLeft: letter is null && letters.IsComplete),
    ];
}
