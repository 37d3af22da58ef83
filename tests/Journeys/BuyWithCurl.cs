using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Journeys;

/// <summary>Runs the commands of docs/buy-with-curl.md, with the addresses and the password of this run.</summary>
public sealed partial class BuyWithCurl(Shop shop)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_about_curl_ends_with_a_shipped_order()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "The page is written for bash.");
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "buy-with-curl.md"), Stop);
        var script = string.Join('\n', BashBlocks().Matches(page).Select(block => block.Groups["code"].Value))
            .Replace("http://localhost:5100", Address("webapp"), StringComparison.Ordinal);
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

        Assert.True(bash.ExitCode == 0, $"Exit code {bash.ExitCode}.\n{output}\n{await errors}");
        Assert.Contains("Shipped", output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    private string Address(string app) => shop.AddressOf(app).ToString().TrimEnd('/');

    [GeneratedRegex(@"^```bash\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex BashBlocks();

    [GeneratedRegex(@"^ADMIN_PASSWORD=.*$", RegexOptions.Multiline)]
    private static partial Regex AdminPasswordLine();
}
