using Aspire.Hosting.RabbitMQ;

namespace Embedded.Tests.Hosting;

/// <summary>The folders that RabbitMQ leaves when it is killed while it makes its schema.</summary>
public sealed class InterruptedUpgradeTests : IDisposable
{
    private const string Node = "broker@localhost";

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, Node);

    private string Backup => $"{Data}-upgrade-backup";

    [Fact]
    public void Undo_OfAMarkedChange_GoesBackToTheCopy_AndKeepsWhatWasLeft()
    {
        Write(Data, ("schema_upgrade_lock", ""), ("schema", "half"));
        Write(Backup, ("schema", "whole"));

        Assert.True(InterruptedUpgrade.Undo(_folder.Path, Node));

        Assert.Equal("whole", File.ReadAllText(Path.Combine(Data, "schema")));
        Assert.Equal("half", File.ReadAllText(Path.Combine($"{Data}-interrupted", "schema")));
        Assert.False(Directory.Exists(Backup));
        Assert.False(InterruptedUpgrade.Undo(_folder.Path, Node));
    }

    [Fact]
    public void Undo_OfAMarkWithoutACopy_RemovesTheMark()
    {
        Write(Data, ("schema_upgrade_lock", ""), ("schema", "whole"));

        Assert.True(InterruptedUpgrade.Undo(_folder.Path, Node));

        Assert.Equal(["schema"], Directory.GetFiles(Data).Select(Path.GetFileName));
    }

    [Fact]
    public void Undo_WithoutAMark_ForgetsAHalfMadeCopy_AndNothingElse()
    {
        Write(Data, ("schema", "whole"));
        Write(Backup, ("part", "half"));

        Assert.False(InterruptedUpgrade.Undo(_folder.Path, Node));

        Assert.False(Directory.Exists(Backup));
        Assert.Equal("whole", File.ReadAllText(Path.Combine(Data, "schema")));
    }

    public void Dispose() => _folder.Dispose();

    private static void Write(string folder, params (string Name, string Text)[] files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }
}
