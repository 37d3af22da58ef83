using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Flows.Stitching;
using Flows.Traces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.Api;

public static class ListFlows
{
    private const int DefaultLimit = 100;

    public static Ok<ListView<FlowSummaryView>> Handle(
        FlowCatalog flows,
        TraceStore traces,
        [Description(
            "Text in services and message types; or the id, a trace id, a business key or the key of a message, whole or its beginning "
            + "(at least 4 characters).")] string? q = null,
        [EnumDataType(typeof(FlowState))] FlowState? state = null,
        [Range(1, 10_000), DefaultValue(DefaultLimit)] int? limit = null)
    {
        var filter = new FlowFilter(string.IsNullOrWhiteSpace(q) ? null : q.Trim(), state);
        var most = limit ?? DefaultLimit;
        // With a filter, only the views of all flows show how many match.
        var found = flows.List(filter, filter.IsEmpty ? most : int.MaxValue);
        return TypedResults.Ok(new ListView<FlowSummaryView>(
            filter.IsEmpty ? flows.Count() : found.Count, traces.Tally.Dropped, [.. found.Take(most).Select(ViewsOf.Summary)]));
    }
}
