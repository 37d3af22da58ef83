using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class ParameterTests
{
    [Fact]
    public void GeneratedDefault_Rules_AreKept()
    {
        var made = new GenerateParameterDefault { MinLength = 30, Special = false, MinNumeric = 5 };

        var values = Enumerable.Range(0, 50).Select(_ => made.GetDefaultValue()).ToArray();

        Assert.Equal(50, values.Distinct().Count());
        Assert.All(values, value =>
        {
            Assert.Equal(30, value.Length);
            Assert.True(value.Count(char.IsAsciiDigit) >= 5);
            Assert.All(value, c => Assert.True(char.IsAsciiLetterOrDigit(c)));
        });
    }

    [Fact]
    public void MissingValue_Read_SaysHowToSetIt()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var parameter = builder.AddParameter("api-key").Resource;

        var missing = Assert.Throws<MissingParameterValueException>(() => parameter.Value);

        Assert.Contains("dotnet user-secrets set \"Parameters:api-key\"", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Parameters__api_key", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ConfiguredValue_UnderscoreForHyphen_IsFound()
    {
        using var builder = DistributedApplicationTestingBuilder.Create("--Parameters:api_key=found");

        Assert.Equal("found", builder.AddParameter("api-key").Resource.Value);
    }

    [Fact]
    public void UserSecrets_SecondReader_GetsWhatTheFirstMade()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "id", "secrets.json");

        var first = new UserSecrets(file).GetOrAdd("Parameters:password", () => "made once");
        new UserSecrets(file).GetOrAdd("Parameters:other", () => "another");
        var second = new UserSecrets(file).GetOrAdd("Parameters:password", () => "made twice");

        Assert.Equal("made once", first);
        Assert.Equal("made once", second);
        var kept = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!;
        Assert.Equal(2, kept.Count);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task UserSecrets_ManyAtOnce_AgreeOnOneValue()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "secrets.json");
        var made = 0;

        var values = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
            new UserSecrets(file).GetOrAdd("key", () => $"value {Interlocked.Increment(ref made)}"), TestContext.Current.CancellationToken)));

        Assert.Equal("value 1", Assert.Single(values.Distinct()));
    }
}
