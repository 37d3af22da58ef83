using System.Text;
using ServiceDefaults.Text;

namespace ServiceDefaults.Tests.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Émile's lamp (2) — 50 % off")]
    [InlineData("E\u0301mile")]
    [InlineData("שלום")]
    [InlineData("مرحبا")]
    [InlineData("東京")]
    [InlineData("🦊 fox")]
    [InlineData("👩\u200D🔬")]
    public void Text_ThatPeopleCanRead_IsAccepted(string? text) => Assert.Null(PlainText.FaultOf(text));

    [Theory]
    [InlineData(" ")]
    [InlineData("\u00A0\u2003\u3000")]
    [InlineData("\u200B\u200D\uFEFF")]
    [InlineData("\u2060\u00AD")]
    [InlineData("\u3164")]
    [InlineData("\u2800")]
    [InlineData("\u0301")]
    public void Text_OfInvisibleCharacters_IsRefused(string text) => Assert.NotNull(PlainText.FaultOf(text));

    [Theory]
    [InlineData("left\u202Ethgir")]
    [InlineData("\u2066isolated\u2069")]
    [InlineData("nul\0")]
    [InlineData("bell\a")]
    [InlineData("next\u0085line")]
    [InlineData("line\nbreak")]
    [InlineData("\uFFFE")]
    public void Text_WithAForbiddenCharacter_IsRefused(string text) => Assert.NotNull(PlainText.FaultOf(text));

    // Not inline data: an attribute cannot hold it.
    [Fact]
    public void Text_WithHalfACharacter_IsRefused()
    {
        Assert.NotNull(PlainText.FaultOf("half \uD83E"));
        Assert.NotNull(PlainText.FaultOf("\uDD8A half"));
    }

    [Fact]
    public void Text_OfSeveralLines_IsAcceptedWhereLinesAre()
    {
        Assert.Null(PlainText.FaultOf("one\r\n\ttwo", multiline: true));
        Assert.NotNull(PlainText.FaultOf("one\0two", multiline: true));
    }

    [Fact]
    public void Nfc_OfTheSameLetters_IsTheSame()
    {
        var decomposed = "Émile".Normalize(NormalizationForm.FormD);

        Assert.NotEqual("Émile", decomposed);
        Assert.Equal("Émile", decomposed.ToNfc());
    }
}
