using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.Api;

/// <summary>The content of the pages as JSON, for scripts and tests.</summary>
public static class ApiEndpoints
{
    public static void MapApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api").RefuseUnreadableParameters().WithTags("Flows");
        api.MapGet("/flows", ListFlows.Handle)
            .WithSummary("List flows")
            .WithDescription("The newest flows that match, newest first.");
        api.MapGet("/flows/{id}", GetFlow.HandleAsync)
            .WithSummary("Get a flow, or wait for it")
            .WithDescription(
                "With `until`, the answer is sent as soon as the flow has reached all milestones (`reached` is true), or at the time-out " +
                "(`reached` is false). With a declared process for the flow, `expected` compares the two.");
        api.MapGet("/flows/{id}/otlp", GetOtlpFile.Handle)
            .WithSummary("Get a flow as an OTLP file")
            .WithDescription("All spans of the flow as OTLP/JSON, for another tool.");
        api.MapPost("/flows/{id}/comparison", CompareFlow.HandleAsync)
            .Accepts<Expectations.ProcessDeclaration>("application/json")
            .WithSummary("Compare a flow with a process")
            .WithDescription("The body is a declared process, in the format of the files in the folder `Flows:Processes`.");
        api.MapGet("/messages", ListMessages.Handle)
            .WithSummary("List messages")
            .WithDescription("The messages of all flows that match, newest first, in pages.");
        api.MapGet("/messages/{id}", GetMessage.Handle).WithSummary("Get a message");
        api.MapGet("/topology", GetTopology.Handle)
            .WithSummary("Get the topology")
            .WithDescription("Every path of messages with its rate and its waits, every queue, and what is declared but not observed.");
        api.MapGet("/intake", GetIntake.Handle)
            .WithSummary("Count the spans")
            .WithDescription("How many spans were taken in, are kept, were dropped for newer ones, and were refused.");
        api.MapGet("/{**path}", NoSuchAddress).ExcludeFromDescription();
    }

    private static ProblemHttpResult NoSuchAddress() =>
        TypedResults.Problem("The API has no such address; /openapi/v1.json lists all.", statusCode: StatusCodes.Status404NotFound);
}
