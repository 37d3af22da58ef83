using Flows.Expectations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.Api;

public static class CompareFlow
{
    public static async Task<Results<Ok<ExpectedFlow>, ValidationProblem, ProblemHttpResult>> HandleAsync(
        FlowWait wait, ProcessCatalog processes, string id, HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        try
        {
            var process = ProcessFile.Read(body.GetBuffer().AsSpan(0, (int)body.Length));
            return wait.Find(PathId.Of(id)) is { } flow ? TypedResults.Ok(processes.Compare(flow, process)) : GetFlow.Unknown(id);
        }
        catch (ProcessDeclarationException exception)
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { [""] = [.. exception.Faults] });
        }
    }
}
