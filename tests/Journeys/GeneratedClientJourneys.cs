using System.Text.Json.Nodes;

namespace Journeys;

/// <summary>The OpenAPI documents are valid, and enough to buy something with a generated client.</summary>
public sealed class GeneratedClientJourneys(Shop shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_generated_from_the_documents_compiles_and_buys()
    {
        string[] documents =
        [
            $"catalog={Origin(shop.AddressOf("catalog-api"))}",
            $"basket={Origin(shop.AddressOf("basket-api"))}",
            $"ordering={Origin(shop.AddressOf("ordering-api"))}",
        ];

        await RunAsync("generate.mjs", documents);
        await RunAsync("node_modules/typescript/bin/tsc", []);
        var output = await RunAsync("built/buy.js", [Origin(shop.Address)]);

        Assert.StartsWith("Paid ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documents_of_the_services_name_operations_pages_and_problems_in_the_same_way()
    {
        using var http = new HttpClient();
        HashSet<string> problems = [];
        foreach (var service in new[] { "catalog-api", "basket-api", "ordering-api" })
        {
            var document = JsonNode.Parse(await http.GetStringAsync(new Uri(shop.AddressOf(service), "/openapi/v1.json"), Stop))!;
            var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(one => one.Value!).ToArray();

            Assert.All(operations, operation => Assert.Matches("^[A-Z][A-Za-z]+$", (string?)operation["operationId"]));
            Assert.All(operations, operation => Assert.Matches("^(|pageIndex pageSize)$", PagingOf(operation)));
            Assert.All(operations.SelectMany(ProblemsOf), problem => Assert.EndsWith("ProblemDetails", problem, StringComparison.Ordinal));
            problems.Add(document["components"]!["schemas"]!["ProblemDetails"]!.ToJsonString());
        }

        Assert.Single(problems);

        static string PagingOf(JsonNode operation) => string.Join(' ', (operation["parameters"]?.AsArray() ?? [])
            .Select(parameter => (string)parameter!["name"]!)
            .Where(name => name.StartsWith("page", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal));

        static IEnumerable<string?> ProblemsOf(JsonNode operation) => operation["responses"]!.AsObject()
            .Where(answer => answer.Key[0] is '4' or '5')
            .Select(answer => (string?)answer.Value!["content"]?["application/problem+json"]?["schema"]?["$ref"]);
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static async Task<string> RunAsync(string script, string[] arguments)
    {
        var (exitCode, output) = await Npm.RunAsync(script, arguments, Stop);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
