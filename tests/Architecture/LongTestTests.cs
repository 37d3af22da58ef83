using System.Text.RegularExpressions;

namespace Architecture;

public sealed partial class LongTestTests
{
    /// <summary>Such a fixture starts in every run, and no test uses it. Long tests start what they need themselves.</summary>
    [Fact]
    public void Fixture_IsNotOnlyForExplicitTests() => Assert.Empty(
        from file in SourceTree.Files
        where file.EndsWith(".cs", StringComparison.Ordinal)
        let source = string.Join('\n', SourceTree.ReadLines(file))
        where source.Contains(": IClassFixture<", StringComparison.Ordinal)
        let tests = TestAttribute().Matches(source)
        where tests.All(test => test.Value.Contains("Explicit = true", StringComparison.Ordinal))
        select $"{file} has a fixture, but all of its tests are explicit.");

    [GeneratedRegex(@"^    \[(Fact|Theory)\b.*$", RegexOptions.Multiline)]
    private static partial Regex TestAttribute();
}
