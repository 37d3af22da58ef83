using System.Text.RegularExpressions;

namespace Architecture;

/// <summary>Connections that are not cleaned up between two uses hand on what is left in their session.</summary>
public sealed partial class SessionTests
{
    [Fact]
    public void ServicesWithoutReset_LeaveNothingInASession()
    {
        var services = SourceTree.Files
            .Where(file => SourceTree.TopFolderOf(file) != "ServiceDefaults" && IsSource(file))
            .Where(file => SourceTree.Read(file).Contains("PostgresConnectionString.ForShortTransactions(", StringComparison.Ordinal))
            .Select(SourceTree.TopFolderOf)
            .ToHashSet();

        var leaving = SourceTree.Files
            .Where(file => services.Contains(SourceTree.TopFolderOf(file)) && IsSource(file))
            .Where(file => LeftInSession().IsMatch(SourceTree.Read(file)));

        Assert.Equal(["Catalog.Api", "Ordering.Api"], services.Order(StringComparer.Ordinal));
        Assert.Empty(leaving);
    }

    private static bool IsSource(string file) => Path.GetExtension(file) == ".cs" && SourceTree.TopFolderOf(file) != "tests";

    [GeneratedRegex(@"pg_(try_)?advisory_lock\b|\b(create|CREATE) (temp|TEMP)|\""(set|SET) (?!local|LOCAL)|\b(listen|LISTEN) [a-z_]+[\""; ]")]
    private static partial Regex LeftInSession();
}
