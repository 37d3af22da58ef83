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

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static async Task<string> RunAsync(string script, string[] arguments)
    {
        var (exitCode, output) = await Npm.RunAsync(script, arguments, Stop);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
