using Flows.DeadLetters;
using Microsoft.Extensions.Configuration;

namespace Flows.Tests.DeadLetters;

public sealed class DeadLetterSettingsTests
{
    [Fact]
    public void WrongSettings_AreAllNamed()
    {
        var (_, faults) = Read(
            ("Sources:0:Name", ""), ("Sources:0:Url", "http://localhost:1"), ("Sources:1:Name", "basket-api"), ("Sources:1:Url", "here"),
            ("Token", "two words"));

        Assert.Equal(3, faults.Count);
        Assert.StartsWith("FLOWS__DEADLETTERS__SOURCES__0__NAME is ''.", faults[0], StringComparison.Ordinal);
        Assert.StartsWith("FLOWS__DEADLETTERS__SOURCES__1__URL is 'here'.", faults[1], StringComparison.Ordinal);
        Assert.StartsWith("FLOWS__DEADLETTERS__TOKEN contains", faults[2], StringComparison.Ordinal);
        Assert.DoesNotContain("two words", faults[2], StringComparison.Ordinal);
    }

    [Fact]
    public void SameName_IsRefused()
    {
        var (_, faults) = Read(
            ("Sources:0:Name", "a"), ("Sources:0:Url", "http://localhost:1"),
            ("Sources:1:Name", "a"), ("Sources:1:Url", "http://localhost:2"));

        Assert.Contains("has 2 sources named 'a'", Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void NoSettings_AreNoSources() => Assert.Empty(Read().Settings.Sources);

    private static (DeadLetterSettings Settings, List<string> Faults) Read(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(
                setting => KeyValuePair.Create($"Flows:DeadLetters:{setting.Name}", (string?)setting.Value)))
            .Build();
        var faults = new List<string>();
        return (DeadLetterSettings.Read(configuration, faults), faults);
    }
}
