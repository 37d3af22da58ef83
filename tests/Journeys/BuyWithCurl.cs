using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Journeys;

/// <summary>Runs the commands of docs/buy-with-curl.md, with the addresses and the password of this run.</summary>
public sealed partial class BuyWithCurl(Shop shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_page_about_curl_ends_with_a_shipped_order_also_when_the_first_product_is_sold_out() =>
        RunPageAsync(shop);

    internal static async Task RunPageAsync(Shop shop)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "The page is written for bash.");
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "buy-with-curl.md"), Stop);
        var script = string.Join('\n', BashBlocks().Matches(page).Select(block => block.Groups["code"].Value))
            .Replace("http://localhost:5100", shop.Address.ToString().TrimEnd('/'), StringComparison.Ordinal);
        var admin = await shop.AdminAsync(Stop);
        var first = (await admin.GetAsync("api/catalog/items?pageIndex=0&pageSize=1", Stop))["data"]![0]!.AsObject();
        var stock = (int)first["availableStock"]!;
        await StockAsync(admin, first, 0);
        script = AdminPasswordLine().Replace(script, $"ADMIN_PASSWORD={Shop.AdminPassword}");

        using var bash = Process.Start(new ProcessStartInfo("bash", ["-s"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await bash.StandardInput.WriteAsync($"set -euo pipefail\n{script}\n".AsMemory(), Stop);
        bash.StandardInput.Close();
        var errors = bash.StandardError.ReadToEndAsync(Stop);
        var output = await bash.StandardOutput.ReadToEndAsync(Stop);
        await bash.WaitForExitAsync(Stop);

        await StockAsync(admin, first, stock);
        Assert.True(bash.ExitCode == 0, $"Exit code {bash.ExitCode}.\n{output}\n{await errors}");
        Assert.Contains("Shipped", output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    private static async Task StockAsync(Shopper admin, JsonObject product, int stock)
    {
        product["availableStock"] = stock;
        using var changed = await admin.Api.PutAsJsonAsync($"api/catalog/items/{product["id"]}", product, Stop);
        changed.EnsureSuccessStatusCode();
    }

    [GeneratedRegex(@"^```bash\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex BashBlocks();

    [GeneratedRegex(@"^ADMIN_PASSWORD=.*$", RegexOptions.Multiline)]
    private static partial Regex AdminPasswordLine();
}
