using Catalog.Api.Items;

namespace Catalog.Api.Tests.Items;

public sealed class SpellingTests
{
    private static readonly string[] Vocabulary = ["kites", "radios", "teapots", "tea", "clock", "backpacks"];

    [Theory]
    [InlineData("kyte", "kites")]
    [InlineData("rdaio", "radios")]
    [InlineData("clcok", "clock")]
    [InlineData("lcock", "clock")]
    [InlineData("cloock", "clock")]
    [InlineData("bakcpakc", "backpacks")]
    [InlineData("bcakpacsk", "backpacks")]
    public void Correct_OneErrorOrTwoInALongWord_FindsTheWord(string typed, string meant) =>
        Assert.Equal([[meant]], Spelling.Correct(SearchText.From(typed), Vocabulary)!.Words);

    [Theory]
    [InlineData("kxyt")]
    [InlineData("tx")]
    [InlineData("xylophone")]
    [InlineData("kyte xylophone")]
    public void Correct_MoreErrors_FindsNothing(string typed) => Assert.Null(Spelling.Correct(SearchText.From(typed), Vocabulary));

    [Theory]
    [InlineData("kite", "kites", 0)]
    [InlineData("", "kites", 0)]
    [InlineData("kiets", "kites", 1)]
    [InlineData("kits", "kites", 1)]
    [InlineData("kitess", "kites", 1)]
    [InlineData("kitse", "kites", 1)]
    [InlineData("ikets", "kites", 2)]
    public void Errors_AreCountedAgainstTheNearestBeginning(string typed, string word, int errors) =>
        Assert.Equal(errors, Spelling.Errors(typed, word, allowed: 2));
}
