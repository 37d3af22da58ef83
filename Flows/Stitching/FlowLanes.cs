using Flows.Traces;

namespace Flows.Stitching;

/// <summary>A service or a queue, drawn as a horizontal band. Heights are pixels.</summary>
public sealed record Lane(string Name, bool IsQueue, int Top, int Height);

/// <summary>Something that takes time. Positions are fractions of the width, heights pixels.</summary>
public sealed record LaneBar(
    string Kind, double From, double To, int Top, int Height, string Title, TimeSpan Length, string? MessageId, string? Service,
    string? Label, SpanRef? Request);

/// <summary>A message that goes from one lane to another.</summary>
public sealed record LaneArrow(double At, int FromY, int ToY, string MessageId);

/// <summary>A flow drawn to scale: lanes are services and queues, bars are work and waits, arrows are messages.</summary>
public sealed class FlowLanes
{
    private const int RowHeight = 20;
    private const int Padding = 9;
    private const double Narrowest = 0.006;

    private readonly Dictionary<(string Name, bool IsQueue), List<Draft>> _lanes = [];
    private readonly List<(DateTimeOffset At, (string, bool) From, (string, bool) To, string MessageId)> _arrows = [];
    private readonly FoldedScale _scale;

    public FlowLanes(FlowView flow)
    {
        foreach (var request in flow.Requests)
        {
            Add((request.Service, false), new Draft("request", request.StartTime, UnixNanos.ToTime(request.End), request.Name)
            {
                Service = request.Service,
                Label = request.Name,
                Request = request.Ref,
            });
        }

        var number = 0;
        foreach (var message in flow.Messages)
        {
            Add(message, ++number);
            AddWaits(message, number, flow.End);
        }

        var drafts = _lanes.Values.SelectMany(lane => lane).ToList();
        _scale = new FoldedScale(drafts.SelectMany(draft => new[] { draft.From, draft.To }));
        (Lanes, Bars) = Place();
        Arrows = [.. _arrows.Select(Place)];
        Height = Lanes.Count == 0 ? 0 : Lanes[^1].Top + Lanes[^1].Height;
    }

    public IReadOnlyList<Lane> Lanes { get; }
    public IReadOnlyList<LaneBar> Bars { get; }
    public IReadOnlyList<LaneArrow> Arrows { get; }
    public IReadOnlyList<Fold> Folds => _scale.Folds;
    public IReadOnlyList<Tick> Ticks => TimeAxis.Of(_scale);
    public int Height { get; }

    private void Add(FlowMessage message, int number)
    {
        var created = message.ReadyAt ?? message.PublishedAt;
        var published = message.PublishedAt ?? created;
        if (message.From is { } from && created is { } at && published is { } handedOver)
        {
            Add(
                (from, false),
                new Draft("outbox", at, Later(at, handedOver), $"{message.Type} waits in the outbox of {from}") { MessageId = message.Id });
        }

        foreach (var delivery in message.Deliveries)
        {
            var queue = (delivery.Queue, true);
            var service = (delivery.Service, false);
            if (message.From is { } sender && published is { } sent)
            {
                _arrows.Add((sent, (sender, false), queue, message.Id));
            }

            var waitsSince = published ?? delivery.Attempts[0].Wait.HandlingAt;
            var kind = "broker";
            foreach (var attempt in delivery.Attempts)
            {
                if (attempt.Wait.ReplayedAt is { } replayedAt)
                {
                    if (attempt.Wait.DeadLetters is not null)
                    {
                        Add(queue, new Draft("dead", waitsSince, replayedAt, $"{message.Type} in the dead letters of {delivery.Queue}")
                        {
                            MessageId = message.Id,
                        });
                    }

                    (waitsSince, kind) = (replayedAt, "broker");
                }

                var received = Later(waitsSince, attempt.Wait.ReceivedAt ?? attempt.Wait.HandlingAt);
                var handlingAt = Later(received, attempt.Wait.HandlingAt);
                Add(queue, new Draft(kind, waitsSince, received, $"{message.Type} in {delivery.Queue}")
                {
                    MessageId = message.Id,
                    Label = $"{number}",
                });
                Add(queue, new Draft("prefetch", received, handlingAt, $"{message.Type} waits for its turn") { MessageId = message.Id });
                Add(service, new Draft(
                    attempt.IsFailure ? "handler failed" : "handler", attempt.Wait.HandlingAt, attempt.Wait.EndedAt,
                    $"{delivery.Service} handles {message.Type}: {attempt.Outcome}")
                {
                    MessageId = message.Id,
                    Service = delivery.Service,
                    Label = message.Type,
                });
                _arrows.Add((attempt.Wait.HandlingAt, queue, service, message.Id));
                waitsSince = attempt.Wait.EndedAt;
                kind = "retry";
            }
        }
    }

    // The message is not received yet, so its wait is drawn to the end of the known flow.
    private void AddWaits(FlowMessage message, int number, DateTimeOffset until)
    {
        foreach (var name in message.WaitsIn)
        {
            var queue = (name, true);
            if (message.From is { } sender && (message.PublishedAt ?? message.ReadyAt) is { } sent)
            {
                _arrows.Add((sent, (sender, false), queue, message.Id));
                Add(queue, new Draft("broker", sent, Later(sent, until), $"{message.Type} waits for {name}")
                {
                    MessageId = message.Id,
                    Label = $"{number}",
                });
            }
        }
    }

    private void Add((string, bool) lane, Draft draft)
    {
        if (!_lanes.TryGetValue(lane, out var drafts))
        {
            _lanes.Add(lane, drafts = []);
        }

        drafts.Add(draft);
    }

    private (List<Lane>, List<LaneBar>) Place()
    {
        var lanes = new List<Lane>();
        var bars = new List<LaneBar>();
        var top = 0;
        foreach (var ((name, isQueue), drafts) in _lanes
            .OrderBy(lane => lane.Value.Min(draft => draft.From))
            .ThenByDescending(lane => lane.Key.IsQueue))
        {
            var rowEnds = new List<double>();
            foreach (var draft in drafts.OrderBy(draft => draft.From).ThenByDescending(draft => draft.To))
            {
                var from = _scale.At(draft.From);
                var to = _scale.At(draft.To);
                // Bars that touch but do not overlap, such as the parts of one wait, share a row.
                var row = rowEnds.FindIndex(end => end <= from + 1e-9);
                if (row < 0)
                {
                    row = rowEnds.Count;
                    rowEnds.Add(0);
                }

                rowEnds[row] = draft.IsOfAMessagesWait ? to : Math.Max(to, from + Narrowest);
                bars.Add(new LaneBar(
                    draft.Kind, from, to, top + Padding + (row * RowHeight), RowHeight - 6, draft.Title, draft.To - draft.From,
                    draft.MessageId, draft.Service, draft.Label, draft.Request));
            }

            var height = (rowEnds.Count * RowHeight) + (2 * Padding) - 6;
            lanes.Add(new Lane(name, isQueue, top, height));
            top += height;
        }

        return (lanes, bars);
    }

    private LaneArrow Place((DateTimeOffset At, (string, bool) From, (string, bool) To, string MessageId) arrow)
    {
        var from = LaneOf(arrow.From);
        var to = LaneOf(arrow.To);
        var isDown = from.Top < to.Top;
        return new LaneArrow(
            _scale.At(arrow.At),
            isDown ? from.Top + from.Height - Padding : from.Top + Padding,
            isDown ? to.Top + Padding - 2 : to.Top + to.Height - Padding + 2,
            arrow.MessageId);
    }

    private Lane LaneOf((string Name, bool IsQueue) key) => Lanes.First(lane => lane.Name == key.Name && lane.IsQueue == key.IsQueue);

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private sealed record Draft(string Kind, DateTimeOffset From, DateTimeOffset To, string Title)
    {
        public string? MessageId { get; init; }
        public string? Service { get; init; }
        public string? Label { get; init; }
        public SpanRef? Request { get; init; }
        public bool IsOfAMessagesWait => Kind is "outbox" or "broker" or "prefetch" or "retry" or "dead";
    }
}
