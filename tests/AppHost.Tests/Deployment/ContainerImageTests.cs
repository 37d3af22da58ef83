using System.Text.Json;

namespace AppHost.Tests.Deployment;

/// <summary>
/// Checks the container image that <c>dotnet publish -t:PublishContainer</c> would build of each app. No registry is needed.
/// </summary>
public sealed class ContainerImageTests
{
    [Theory]
    [InlineData("Basket.Api", "shop/basket-api")]
    [InlineData("Catalog.Api", "shop/catalog-api")]
    [InlineData("Ordering.Api", "shop/ordering-api")]
    [InlineData("WebApp", "shop/webapp")]
    [InlineData("Flows", "shop/flows")]
    public async Task Image_IsUnprivilegedAndListensAtOnePort(string app, string repository)
    {
        var evaluated = await EvaluateAsync(Repository.PathOf(app, $"{app}.csproj"));

        var properties = evaluated.GetProperty("Properties");
        Assert.Equal(repository, properties.GetProperty("ContainerRepository").GetString());
        Assert.Equal("app", properties.GetProperty("ContainerUser").GetString());
        Assert.Equal("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra", properties.GetProperty("ContainerBaseImage").GetString());
        var port = Assert.Single(evaluated.GetProperty("Items").GetProperty("ContainerPort").EnumerateArray());
        Assert.Equal(("8080", "tcp"), (port.GetProperty("Identity").GetString(), port.GetProperty("Type").GetString()));
    }

    private static async Task<JsonElement> EvaluateAsync(string project)
    {
        var build = await Programs.RunAsync(
            "dotnet",
            [
                "msbuild", project, "-nologo", "-nodeReuse:false", "-target:ComputeContainerConfig", "-getItem:ContainerPort",
                "-getProperty:ContainerRepository", "-getProperty:ContainerUser", "-getProperty:ContainerBaseImage",
            ]);

        Assert.True(build.IsSuccess, build.StandardOutput);
        return JsonSerializer.Deserialize<JsonElement>(build.StandardOutput);
    }
}
