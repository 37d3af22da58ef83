using Microsoft.AspNetCore.Http.HttpResults;

namespace Flows.Api;

public static class GetOtlpFile
{
    public static Results<FileContentHttpResult, ProblemHttpResult> Handle(FlowWait wait, string id) => wait.Find(PathId.Of(id)) is { } flow
        ? TypedResults.File(OtlpFile.Of(flow), "application/json", $"flow-{flow.Key}.json")
        : GetFlow.Unknown(id);
}
