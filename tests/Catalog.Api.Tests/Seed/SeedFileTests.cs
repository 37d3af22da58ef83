using Catalog.Api.Seed;

namespace Catalog.Api.Tests.Seed;

public sealed class SeedFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "line 1, position 1")]
    [InlineData("{}", "line 1: the file must be an array")]
    [InlineData("[]", "the array is empty")]
    [InlineData("[\n  { \"Id\": 1,\n", "line 3")]
    [InlineData("[\n  { \"Id\": \"one\" }\n]", "line 2, position 16: Id cannot be read")]
    [InlineData("[\n  {\n    \"Id\": 1,\n    \"Price\": \"cheap\"\n  }\n]", "line 4, position 21: Price cannot be read")]
    [InlineData("[\n  null\n]", "line 2, position 3: null is not a product")]
    [InlineData("[\n  42\n]", "line 2, position 5: this is not a product")]
    [InlineData(
        "[\n  { \"Id\": 0, \"Type\": \"T\", \"Brand\": \"B\", \"Name\": \"N\", \"Price\": 1 }\n]",
        "line 2, position 3: Id must be between 1")]
    [InlineData(
        "[{ \"Id\": 1, \"Type\": \"T\", \"Brand\": \"B\", \"Price\": 1 }]",
        "line 1, position 2: Name must have 1 to 100 characters; it is missing")]
    [InlineData(
        "[{ \"Id\": 1, \"Type\": \" \", \"Brand\": \"B\", \"Name\": \"N\", \"Price\": 1 }]",
        "Type must have 1 to 100 characters; it is ' '")]
    [InlineData("[{ \"Id\": 1, \"Type\": \"T\", \"Brand\": \"B\", \"Name\": \"N\" }]", "Price must be more than 0")]
    [InlineData("[{ \"Id\": 1, \"Type\": \"T\", \"Brand\": \"B\", \"Name\": \"N\", \"Price\": 1.999 }]", "it is 1.999")]
    [InlineData(
        "[{ \"Id\": 1, \"Type\": \"T\", \"Brand\": \"B\", \"Name\": \"N\", \"Price\": 1, \"Stock\": -1 }]", "Stock must be between 0")]
    [InlineData(
        "[{ \"Id\": 1, \"Type\": \"T\", \"Brand\": \"B\", \"Name\": \"\u200B\", \"Price\": 1 }]",
        "Name: Enter at least one visible character.")]
    public async Task Read_BadFile_ReportsFaultAndPosition(string content, string expected)
    {
        await File.WriteAllTextAsync(_path, content, Stop);

        var exception = await Assert.ThrowsAsync<SeedFileException>(() => SeedFile.ReadAsync(_path, Stop));

        Assert.Contains($"Catalog:SeedFile, which is '{_path}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("remove the setting", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_SeveralFaults_ReportsAll()
    {
        const string Content = """
            [
              { "Id": 5, "Type": "T", "Brand": "B", "Name": "N", "Price": 1 },
              { "Id": 5, "Type": "T", "Brand": "", "Name": "N", "Price": -1 }
            ]
            """;
        await File.WriteAllTextAsync(_path, Content, Stop);

        var exception = await Assert.ThrowsAsync<SeedFileException>(() => SeedFile.ReadAsync(_path, Stop));

        Assert.Contains("line 3, position 3: Brand", exception.Message, StringComparison.Ordinal);
        Assert.Contains("line 3, position 3: Price", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Id 5 is already used in line 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_Missing_NamesTheFile()
    {
        var exception = await Assert.ThrowsAsync<SeedFileException>(() => SeedFile.ReadAsync("/nowhere/products.json", Stop));

        Assert.Contains("/nowhere/products.json", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => File.Delete(_path);
}
