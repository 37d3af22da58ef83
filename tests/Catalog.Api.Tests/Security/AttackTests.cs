using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Catalog.Api.Tests.Setup;

namespace Catalog.Api.Tests.Security;

/// <summary>Attacks that must not work.</summary>
public sealed class AttackTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ForgedToken_IsRefused()
    {
        using var http = shared.App.Factory.CreateClient();
        foreach (var (fault, token) in ForgedTokens.Of(shared.App.Tokens))
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

            using var answer = await http.DeleteAsync("api/catalog/items/1", Stop);

            Assert.Equal((fault, HttpStatusCode.Unauthorized), (fault, answer.StatusCode));
        }
    }

    [Theory]
    [InlineData("../appsettings.json")]
    [InlineData("..\\appsettings.json")]
    [InlineData("/etc/passwd")]
    [InlineData("folder/1.webp")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("1.webp\0.txt")]
    [InlineData("%2e%2e%2fappsettings.json")]
    public async Task PictureOutsideItsFolder_CannotBeNamed(string pictureFileName)
    {
        using var refused = await shared.App.Admin.PostAsJsonAsync(
            "api/catalog/items",
            new { name = "Teapot", price = 1m, catalogTypeId = 1, catalogBrandId = 1, pictureFileName }, Stop);

        Assert.Equal(["pictureFileName"], (await refused.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
    }

    [Theory]
    [InlineData("api/catalog/items/..%2f..%2fappsettings.json/pic")]
    [InlineData("api/catalog/items/1%2f..%2f2/pic")]
    [InlineData("api/catalog/items/1/pic/..%2f..%2f..%2fappsettings.json")]
    public async Task PathOfAPicture_LeadsToNoOtherFile(string path)
    {
        using var answer = await shared.App.Anyone.GetAsync(path, Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
