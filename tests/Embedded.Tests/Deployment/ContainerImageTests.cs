using System.Diagnostics;
using System.Text.Json;
using Aspire.Hosting.Processes;
using Embedded.Tests.Hosting;

namespace Embedded.Tests.Deployment;

/// <summary>What <c>dotnet publish -t:PublishContainer</c> would make of each app, as far as it is known without a registry.</summary>
public sealed class ContainerImageTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Whole.ProbeProject)!, "../.."));

    public static TheoryData<string, string> Apps => new()
    {
        { "Basket.Api", "shop/basket-api" },
        { "Catalog.Api", "shop/catalog-api" },
        { "Ordering.Api", "shop/ordering-api" },
        { "WebApp", "shop/webapp" },
    };

    [Theory]
    [MemberData(nameof(Apps))]
    public async Task Image_OfAnApp_IsUnprivilegedAndListensAtOnePort(string app, string repository)
    {
        var evaluated = await EvaluateAsync(Path.Combine(Root, app, $"{app}.csproj"));

        var properties = evaluated.GetProperty("Properties");
        Assert.Equal(repository, properties.GetProperty("ContainerRepository").GetString());
        Assert.Equal("app", properties.GetProperty("ContainerUser").GetString());
        Assert.Equal("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", properties.GetProperty("ContainerBaseImage").GetString());
        var port = Assert.Single(evaluated.GetProperty("Items").GetProperty("ContainerPort").EnumerateArray());
        Assert.Equal(("8080", "tcp"), (port.GetProperty("Identity").GetString(), port.GetProperty("Type").GetString()));
    }

    private static async Task<JsonElement> EvaluateAsync(string project)
    {
        var stop = TestContext.Current.CancellationToken;
        using var build = Process.Start(new ProcessStartInfo(
            Programs.DotNet,
            [
                "msbuild", project, "-nologo", "-nodeReuse:false", "-target:ComputeContainerConfig", "-getItem:ContainerPort",
                "-getProperty:ContainerRepository", "-getProperty:ContainerUser", "-getProperty:ContainerBaseImage",
            ])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await build.StandardOutput.ReadToEndAsync(stop);
        await build.WaitForExitAsync(stop);
        Assert.True(build.ExitCode == 0, said);
        return JsonSerializer.Deserialize<JsonElement>(said);
    }
}
