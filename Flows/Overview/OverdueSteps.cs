using Flows.Stitching;
using Flows.Topology;

namespace Flows.Overview;

/// <summary>Finds messages that wait much longer than messages of their type normally do.</summary>
public static class OverdueSteps
{
    private const int Times = 3;

    /// <summary>The steps that are overdue, the oldest first.</summary>
    public static IEnumerable<(SentMessage Sent, string Queue, TimeSpan Age)> In(MessageSnapshot snapshot) => snapshot.Messages
        .SelectMany(sent => sent.Message.WaitsIn.Select(queue => (Sent: sent, Queue: queue, Age: snapshot.At - sent.WaitsSince)))
        .Where(step => IsOverdue(step.Age, snapshot.Times.Of(step.Sent.Message.Type, step.Queue)))
        .OrderByDescending(step => step.Age);

    /// <summary>Whether a step of this age is overdue, compared with the steps before.</summary>
    public static bool IsOverdue(TimeSpan age, PartTimes? normal) =>
        age > TopologyReader.LongWait && (normal is null || age > normal.P95 * Times);
}
