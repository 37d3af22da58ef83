using Flows.Topology;

namespace Flows.Stitching;

/// <summary>The stored flows and messages at one moment, newest first.</summary>
public sealed class MessageSnapshot(
    long version, DateTimeOffset at, IReadOnlyList<FlowView> flows, IReadOnlyList<SentMessage> messages)
{
    private readonly Lazy<Dictionary<string, SentMessage>> _byId = new(() => ById(messages));

    private readonly Lazy<StepTimes> _times = new(() => new StepTimes(messages));

    public long Version => version;
    public DateTimeOffset At => at;
    public IReadOnlyList<FlowView> Flows => flows;
    public IReadOnlyList<SentMessage> Messages => messages;

    /// <summary>Whether a flow or a queue waits for something, so that the snapshot ages.</summary>
    public bool HasUnfinished { get; } =
        flows.Any(flow => flow.State is FlowState.InFlight or FlowState.Retrying) || messages.Any(sent => sent.Message.WaitsIn.Count > 0);

    /// <summary>When the first of the scheduled messages is due, so that the snapshot is out of date; null without one.</summary>
    public DateTimeOffset? NextDueAt { get; } = flows.Min(flow => flow.NextDueAt);

    /// <summary>How long each step takes, over all stored messages.</summary>
    public StepTimes Times => _times.Value;

    /// <summary>The message with this id; of several, the newest.</summary>
    public SentMessage? Find(string id) => _byId.Value.GetValueOrDefault(id);

    private static Dictionary<string, SentMessage> ById(IReadOnlyList<SentMessage> messages)
    {
        var byId = new Dictionary<string, SentMessage>(StringComparer.Ordinal);
        foreach (var sent in messages)
        {
            byId.TryAdd(sent.Id, sent);
            byId.TryAdd(sent.Message.Id, sent);
        }

        return byId;
    }
}
