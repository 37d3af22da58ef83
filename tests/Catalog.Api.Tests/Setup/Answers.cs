using System.Net;
using System.Text.Json.Nodes;

namespace Catalog.Api.Tests.Setup;

internal static class Answers
{
    public static async Task<JsonNode> ProblemAsync(this HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, $"Expected {expected}, got {response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!;
        Assert.Equal((int)expected, (int)problem["status"]!);
        return problem;
    }

    /// <summary>The names of the faulty fields. The reasons must be sentences, as those of the other services.</summary>
    public static string[] FaultyFields(this JsonNode problem)
    {
        var faults = problem["errors"]!.AsObject();
        Assert.All(faults.SelectMany(fault => fault.Value!.AsArray()), reason => Assert.Matches(@"^[A-Z].*\.$", (string)reason!));
        return [.. faults.Select(fault => fault.Key).Order(StringComparer.Ordinal)];
    }

    public static string[] Names(this JsonNode page) => [.. page["data"]!.AsArray().Select(item => (string)item!["name"]!)];

    public static string[] Members(this JsonNode node) => [.. node.AsObject().Select(member => member.Key)];
}
