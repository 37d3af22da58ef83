using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Flows.Stitching;
using Flows.Traces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.Api;

public static class ListMessages
{
    private const int DefaultLimit = 100;

    public static Results<Ok<MessagePageView>, ValidationProblem> Handle(
        MessageCatalog messages,
        TraceStore traces,
        [Description(
            "Text in the type and in errors; or the id or key of the message or the id of its flow, whole or its beginning (at least 4 "
            + "characters).")] string? q = null,
        string? type = null,
        [Description("The sender, or one of the receivers.")] string? service = null,
        [Description("A queue that the message went through or waits in.")] string? queue = null,
        [EnumDataType(typeof(FlowState)), Description("The state of the message or, with a queue, its state in that queue.")]
        FlowState? state = null,
        [Description("The id of a message: the page begins after it. Take it from `next` of the page before.")] string? before = null,
        [Range(1, 1000), DefaultValue(DefaultLimit)] int? limit = null)
    {
        var filter = MessageFilter.Of(q, type, service, queue, state);
        var found = messages.List(filter, int.MaxValue);
        var skipped = 0;
        if (!string.IsNullOrWhiteSpace(before))
        {
            skipped = found.FindIndex(sent => sent.Id == before) + 1;
            if (skipped == 0)
            {
                return TypedResults.ValidationProblem(new Dictionary<string, string[]>
                {
                    [nameof(before)] = [$"'{before}' is not among the messages that match; it may have been dropped for newer ones."],
                });
            }
        }

        var page = found.Skip(skipped).Take(limit ?? DefaultLimit).ToArray();
        return TypedResults.Ok(new MessagePageView(
            found.Count,
            traces.Tally.Dropped,
            skipped + page.Length < found.Count ? page[^1].Id : null,
            [.. page.Select(ViewsOf.Of)]));
    }
}
