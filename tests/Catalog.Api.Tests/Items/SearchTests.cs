using System.Net;
using System.Net.Http.Json;
using System.Text;
using Catalog.Api.Tests.Setup;

namespace Catalog.Api.Tests.Items;

public sealed class SearchTests(SharedApp shared)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Sunday Teapot")]
    [InlineData("sunday teapot")]
    [InlineData("Sunday Teap")]
    [InlineData("Draughtsman's Desk Lamp")]
    public async Task Search_FullName_FindsOnlyThatProduct(string name)
    {
        var page = await SearchAsync(name);

        Assert.Equal(1, (int)page.Count);
    }

    [Theory]
    [InlineData("Har", "Harvest Moon Lamp", "Harvest Rucksack")]
    [InlineData("tortoise teapots", "Tortoise Cast-Iron Teapot")]
    [InlineData("nordvik kettle")]
    [InlineData("morrow kettle", "Signalman Kettle", "Swan Pour-Over Kettle")]
    public async Task Search_BeginningsOfWords_LookAtNameTypeAndBrand(string name, params string[] expected)
    {
        var found = await SearchAsync(name);

        Assert.Superset(expected.ToHashSet(), found.Names.ToHashSet());
    }

    [Fact]
    public async Task Search_WordOfADescription_IsFoundInAnyForm()
    {
        var found = await SearchAsync("indestructibly");

        Assert.Equal(["Tortoise Cast-Iron Teapot"], found.Names);
    }

    [Theory]
    [InlineData("latern", "Lighthouse Lantern")]
    [InlineData("teepot", "Sunday Teapot")]
    [InlineData("ruksack", "Ranger Rucksack")]
    [InlineData("cukoo clok", "Garden Shed Cuckoo Clock")]
    [InlineData("monsterra", "Monstera in a Teal Pot")]
    [InlineData("bombox", "Rooftop Boombox")]
    [InlineData("cathedal radio", "Cathedral Radio")]
    [InlineData("rdaio", "Cathedral Radio")]
    [InlineData("lmap", "Harvest Moon Lamp")]
    [InlineData("sudnay taepot", "Sunday Teapot")]
    public async Task Search_WithTypingErrors_FindsTheMeantProduct(string typed, string meant)
    {
        var (found, all) = (await SearchAsync(typed), await SearchAsync(""));

        // Not a number: other tests add products with the words of the catalog.
        Assert.Contains(meant, found.Names);
        Assert.InRange(found.Count, 1, all.Count - 1);
    }

    [Theory]
    [InlineData("kyte", "kite")]
    [InlineData("rdaio", "radio")]
    public async Task Search_ShortWordWithOneError_FindsTheWholeType(string typed, string meant)
    {
        var (found, expected) = (await SearchAsync(typed), await SearchAsync(meant));

        Assert.Superset(expected.Names.ToHashSet(), found.Names.ToHashSet());
    }

    [Fact]
    public async Task Search_InAnyUnicodeForm_FindsTheProduct()
    {
        const string Name = "Crème Brûlée Torch";
        var decomposed = Name.Normalize(NormalizationForm.FormD);
        Assert.NotEqual(Name, decomposed);
        using var response = await shared.App.Admin.PostAsJsonAsync("api/catalog/items", CatalogApp.Body(decomposed), Stop);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);

        Assert.Equal([Name], (await SearchAsync("brûlée")).Names);
        Assert.Equal([Name], (await SearchAsync("brûlée".Normalize(NormalizationForm.FormD))).Names);
    }

    [Theory]
    [InlineData("xylophone quartet")]
    [InlineData("!!!")]
    [InlineData("'; drop table products; --")]
    [InlineData("a:*|b&!(c)<->d")]
    [InlineData("\\\"%_")]
    public async Task Search_Nonsense_FindsNothing(string name) => Assert.Equal(0, (await SearchAsync(name)).Count);

    [Theory]
    [InlineData("items", "name")]
    [InlineData("facets", "name")]
    [InlineData("suggestions", "text")]
    [InlineData("items/withsemanticrelevance", "text")]
    public async Task Search_WithInvalidUnicode_IsRefused(string path, string field)
    {
        using var response = await shared.App.Anyone.GetAsync($"api/catalog/{path}?{field}=lamp%EF%BF%BE", Stop);

        Assert.Equal([field], (await response.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
    }

    [Fact]
    public async Task Search_Blank_IsNoFilter() => Assert.True((await SearchAsync("  ")).Count >= 104);

    [Theory]
    [InlineData("sunday", "Sunday Teapot")]
    [InlineData("radio", "Radio")]
    [InlineData("teapot", "Teapot")]
    public async Task Search_IsOrderedByRelevance_NamesFirst(string typed, string inName)
    {
        var names = (await SearchAsync(typed)).Names;
        var (first, last) = (Array.FindIndex(names, name => !name.Contains(inName, StringComparison.Ordinal)),
            Array.FindLastIndex(names, name => name.Contains(inName, StringComparison.Ordinal)));

        Assert.True(last >= 0 && (first < 0 || first > last), string.Join(", ", names));
    }

    [Fact]
    public async Task Search_SortedByName_IsOrderedByName()
    {
        var names = (await shared.App.GetAsync("api/catalog/items?name=radio&sort=name&pageSize=100", Stop)).Names();

        Assert.Equal(names.Order(StringComparer.InvariantCultureIgnoreCase), names);
    }

    [Theory]
    [InlineData("the lamp with a shade", "lamp shade")]
    [InlineData("radio for the kitchen", "radio kitchen")]
    [InlineData("fennel and finch", "fennel finch")]
    public async Task Search_WithWordsWithoutMeaning_FindsTheSame(string typed, string meant)
    {
        var (found, expected) = (await SearchAsync(typed), await SearchAsync(meant));

        Assert.NotEmpty(found.Names);
        Assert.Equal(expected.Names.Order(), found.Names.Order());
    }

    [Theory]
    [InlineData("the")]
    [InlineData("with and")]
    public async Task Search_OfWordsWithoutMeaningAlone_IsNoSearchForEverything(string typed)
    {
        var page = await shared.App.GetAsync($"api/catalog/items?exact=true&name={Uri.EscapeDataString(typed)}", Stop);

        Assert.Equal(0, (long)page["count"]!);
    }

    [Theory]
    [InlineData("42")]
    [InlineData("#42")]
    [InlineData(" 42 ")]
    public async Task Search_NumberOfAProduct_FindsIt(string typed)
    {
        var page = await shared.App.GetAsync($"api/catalog/items?name={Uri.EscapeDataString(typed)}", Stop);

        Assert.Equal(42, (int)page["data"]![0]!["id"]!);
    }

    [Fact]
    public async Task SearchByRelevance_OfTheContract_AnswersAsTheSearch()
    {
        const string Path = "api/catalog/items/withsemanticrelevance";
        var page = await shared.App.GetAsync($"{Path}?text=sunday%20teepot&pageSize=5&api-version=2.0", Stop);
        using var missing = await shared.App.Anyone.GetAsync(Path, Stop);

        Assert.Equal("Sunday Teapot", page.Names()[0]);
        Assert.Equal(["text"], (await missing.ProblemAsync(HttpStatusCode.BadRequest)).FaultyFields());
    }

    [Fact]
    public async Task Search_WithOtherFilters_CorrectsOnlyIfNothingElseIsFound()
    {
        var page = await shared.App.GetAsync("api/catalog/items?name=harvest&type=7", Stop);

        Assert.Equal(["Harvest Rucksack"], page.Names());
    }

    private async Task<(long Count, string[] Names)> SearchAsync(string name)
    {
        var page = await shared.App.GetAsync($"api/catalog/items?pageSize=100&name={Uri.EscapeDataString(name)}", Stop);
        return ((long)page["count"]!, page.Names());
    }
}
