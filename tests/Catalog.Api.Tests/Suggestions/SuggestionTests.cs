using Catalog.Api.Tests.Setup;

namespace Catalog.Api.Tests.Suggestions;

public sealed class SuggestionTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sun", "Sunday Teapot")]
    [InlineData("sunday te", "Sunday Teapot")]
    [InlineData("2", "Sunday Teapot")]
    [InlineData("sunday taepot", "Sunday Teapot")]
    public async Task Suggestions_BeginWithTheBestProduct(string typed, string meant)
    {
        var first = (await SuggestAsync(typed))["products"]![0]!;

        Assert.Equal(meant, (string)first["name"]!);
        Assert.Equal(["id", "name", "price", "currency", "isInStock", "pictureVersion"], first.Members());
    }

    [Fact]
    public async Task Suggestions_SayWhatWasMeant_AndAreFew()
    {
        var suggestions = await SuggestAsync("taepot");

        Assert.Equal("teapot", (string?)suggestions["correctedText"]);
        Assert.Equal(6, suggestions["products"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("!")]
    [InlineData("xylophone")]
    public async Task Suggestions_ForNothing_AreNone(string typed) =>
        Assert.Equal("""{"correctedText":null,"products":[]}""", (await SuggestAsync(typed)).ToJsonString());

    private Task<System.Text.Json.Nodes.JsonNode> SuggestAsync(string typed) =>
        shared.App.GetAsync($"api/catalog/suggestions?text={Uri.EscapeDataString(typed)}", Stop);
}
