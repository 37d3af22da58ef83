using Flows.Traces;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.Api;

/// <summary>Spans: <c>received = kept + dropped</c>. Repeated spans count once; refused ones are not received.</summary>
public sealed record IntakeView(long Received, long Kept, long Dropped, long Refused, long KeptBytes);

public static class GetIntake
{
    public static Ok<IntakeView> Handle(TraceStore traces) => TypedResults.Ok(new IntakeView(
        traces.Tally.Received, traces.SpanCount, traces.Tally.Dropped, traces.Tally.Rejected, traces.Bytes));
}
