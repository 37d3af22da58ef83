using Flows.Traces;

namespace Flows.Stitching;

/// <summary>
/// Finds the messages in a flow's spans. A message is identified by its id or, without an id, by the span that created it: a receiver's
/// span has that span as its parent or as a link. Some libraries take the id from the business, such as the order's: two messages with one
/// id are distinguished by their type and destination.
/// </summary>
public sealed class MessageStitcher(IReadOnlyList<Span> spans, IReadOnlyList<Span> publications, DateTimeOffset now)
{
    /// <summary>
    /// After this time without a receipt, an event without required queues is considered to have no receiver that sends spans.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<SpanRef, Span> _byRef = spans.ToDictionary(span => span.Ref);
    private readonly Dictionary<string, List<Draft>> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<SpanRef, Draft> _byCreation = [];
    private readonly List<Draft> _drafts = [];

    public List<FlowMessage> Stitch()
    {
        foreach (var span in spans.Where(MessageSpans.IsCreation))
        {
            var draft = DraftOf(span, span.Tags.Find(MessagingTags.MessageId), known => IsOfTheSame(known, span));
            draft.Create ??= span;
            _byCreation[span.Ref] = draft;
        }

        foreach (var span in spans.Where(MessageSpans.IsReceipt))
        {
            FindFor(span)?.Receipts.Add(span);
        }

        foreach (var span in spans.Where(MessageSpans.IsProcessing))
        {
            (FindFor(span) ?? DraftOf(span, span.Tags.Find(MessagingTags.MessageId), _ => true)).Processings.Add(span);
        }

        foreach (var draft in _drafts.Where(draft => draft.Processings.Count == 0))
        {
            // Some libraries send only a span for receiving; it is used as the span of the handling.
            draft.Processings.AddRange(draft.Receipts);
        }

        return [.. _drafts.Select(Finish).OrderBy(message => message.CreatedAt ?? message.PublishedAt)];
    }

    // A client's span below that of its library has its own destination.
    private static bool IsOfTheSame(Span known, Span creation) =>
        known.Id == creation.ParentId || !MessageSpans.IsOther(known, creation);

    private Draft? FindFor(Span span)
    {
        var sameId = span.Tags.Find(MessagingTags.MessageId) is { } id ? _byId.GetValueOrDefault(id) : null;
        if (sameId is [var only])
        {
            return only;
        }

        return FindByCreation(span) ?? sameId?.Find(draft => !MessageSpans.IsOther(draft.Source, span)) ?? sameId?[0];
    }

    private Draft? FindByCreation(Span span)
    {
        foreach (var link in span.Links)
        {
            if (_byCreation.TryGetValue(link.Target, out var draft))
            {
                return draft;
            }
        }

        // Some libraries nest the spans in two steps: create, receive, process.
        var parent = span;
        for (var depth = 0; depth < 3 && _byRef.TryGetValue(new SpanRef(parent.TraceId, parent.ParentId), out parent!); depth++)
        {
            if (_byCreation.TryGetValue(parent.Ref, out var draft))
            {
                return draft;
            }
        }

        return null;
    }

    private Draft DraftOf(Span span, string? id, Predicate<Span> isSame)
    {
        id ??= span.Id.ToString();
        if (!_byId.TryGetValue(id, out var sameId))
        {
            _byId.Add(id, sameId = []);
        }

        if (sameId.Find(draft => isSame(draft.Source)) is { } found)
        {
            return found;
        }

        // Pages select a message of a flow by its id.
        var draft = new Draft(sameId.Count == 0 ? id : $"{id}@{MessageSpans.TypeOf(span)}", span);
        sameId.Add(draft);
        _drafts.Add(draft);
        return draft;
    }

    private FlowMessage Finish(Draft draft)
    {
        var source = draft.Source;
        var published = PublishedAt(draft);
        var deliveries = draft.Processings
            .GroupBy(span => (Queue: MessageSpans.QueueOf(span), span.Service))
            .Select(group => new FlowDelivery(
                group.Key.Queue,
                group.Key.Service,
                group.Select(span => span.Tags.Find(MessagingTags.Handler)).FirstOrDefault(name => name is not null),
                Attempts.Of([.. group], draft.Create, draft.Receipts)))
            .OrderBy(delivery => delivery.Attempts[0].Span.Start)
            .ToList();
        var created = MessageSpans.TimeOf(draft.First, MessagingTags.CreatedAt) ?? draft.Create?.StartTime;
        var dueAt = draft.Create is { } create ? MessageSpans.TimeOf(create, MessagingTags.DueAt) : null;
        var isEarly = dueAt > now && deliveries.Count == 0;
        var kind = source.Tags.Find(MessagingTags.Kind) ?? "message";
        var waitsIn = isEarly ? [] : WaitsIn(draft);
        // A command has exactly one receiver, so without its receipt the command is not done.
        var isUnderWay = waitsIn.Count > 0
            || (deliveries.Count == 0 && (kind == "command" || (dueAt ?? created ?? published ?? source.StartTime) > now - Patience));
        return new FlowMessage(
            draft.Id,
            MessageSpans.TypeOf(source),
            kind,
            source.Tags.Find(MessagingTags.Key),
            source.Tags.Find(MessagingTags.Version),
            draft.Create?.Service,
            draft.Create,
            created,
            published,
            dueAt,
            CauseOf(draft),
            isEarly ? FlowState.Scheduled : StateOf(deliveries, isUnderWay),
            deliveries,
            waitsIn);
    }

    private DateTimeOffset? PublishedAt(Draft draft)
    {
        foreach (var processing in draft.Processings)
        {
            if (MessageSpans.TimeOf(processing, MessagingTags.PublishedAt) is { } publishedAt)
            {
                return publishedAt;
            }
        }

        if (draft.Create is not { } create)
        {
            return null;
        }

        var relay = publications.FirstOrDefault(span => !span.IsError && span.Links.Any(link => link.Target == create.Ref));
        return relay?.StartTime ?? (MessageSpans.OperationOf(create) is "create" ? null : UnixNanos.ToTime(create.End));
    }

    /// <summary>The message whose handling created this one.</summary>
    private string? CauseOf(Draft draft)
    {
        var span = draft.Create;
        for (var depth = 0; span is not null && depth < 64; depth++)
        {
            span = _byRef.GetValueOrDefault(new SpanRef(span.TraceId, span.ParentId));
            if (span is not null && MessageSpans.IsProcessing(span))
            {
                return FindFor(span)?.Id ?? span.Tags.Find(MessagingTags.MessageId);
            }
        }

        return null;
    }

    /// <summary>The queues that the message must reach and that no processing took it from.</summary>
    private static List<string> WaitsIn(Draft draft) =>
        [.. MessageSpans.RequiredBy(draft.Create).Where(queue => !draft.Processings.Exists(span => MessageSpans.IsFrom(span, queue)))];

    // The states are declared in order of severity; the worst delivery determines the state of the message.
    private static FlowState StateOf(List<FlowDelivery> deliveries, bool isUnderWay) => deliveries
        .Select(delivery => delivery.State)
        .Append(isUnderWay ? FlowState.InFlight : FlowState.Done)
        .Max();

    private sealed class Draft(string id, Span first)
    {
        public string Id { get; } = id;
        public Span First => Processings.Count > 0 ? Processings[0] : first;
        public Span Source => Create ?? First;
        public Span? Create { get; set; }
        public List<Span> Receipts { get; } = [];
        public List<Span> Processings { get; } = [];
    }
}
