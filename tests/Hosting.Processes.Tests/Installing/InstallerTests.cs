using Hosting.Processes.Data;
using Hosting.Processes.Installation;
using Microsoft.Extensions.Logging;

namespace Hosting.Processes.Tests.Installing;

public sealed class InstallerTests
{
    private static readonly ServerPackage Missing = new("Ghost", () => null)
    {
        Debian = ["ghost-server", "ghost-tools"],
        Fedora = ["ghost"],
        Alpine = ["ghost-alpine"],
        Homebrew = ["ghost@1"],
    };

    [Fact(Explicit = true)]
    public async Task MissingServer_ThatCannotBeInstalled_IsReportedWithTheCommand()
    {
        Assert.SkipUnless(Programs.FindOnPath("apt-get") is not null && DataHome.IsRoot, "Needs Debian's package manager.");
        using var installer = new ServerInstaller();
        var log = new Lines();

        var fault = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => installer.EnsureAsync([Missing], [log], Application.Deadline));

        Assert.Contains("apt-get install -y ghost-server ghost-tools", fault.Message, StringComparison.Ordinal);
        Assert.Contains(log.Written, line => line == "Installing Ghost: apt-get install -y ghost-server ghost-tools");
    }

    [Fact]
    public void Command_NamesThePackagesOfTheSystem()
    {
        var manager = PackageManager.Find();
        Assert.SkipWhen(manager is null, "No package manager.");

        var command = manager.CommandFor([ServerPackage.Postgres, ServerPackage.RabbitMQ, ServerPackage.Redis]);

        Assert.EndsWith(
            string.Join(' ', manager.NamesOf(ServerPackage.Postgres).Concat(manager.NamesOf(ServerPackage.RabbitMQ)).Concat(
                manager.NamesOf(ServerPackage.Redis))),
            command,
            StringComparison.Ordinal);
        Assert.Equal(manager.NeedsRoot && !DataHome.IsRoot, command.StartsWith("sudo ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get:1 http://deb.debian.org/debian bookworm/main amd64 redis-server [98 kB]", true)]
    [InlineData("Setting up redis-server (5:7.0.15) ...", true)]
    [InlineData("(Reading database ... 40%", false)]
    [InlineData("Reading package lists...", false)]
    [InlineData("(3/9) Installing erlang (26.2)", true)]
    [InlineData("==> Pouring redis--7.2.4.bottle.tar.gz", true)]
    [InlineData("", false)]
    public void ProgressLine_ShowsProgressOnly(string line, bool isShown) => Assert.Equal(isShown, ProgressLine.Of(line) is not null);

    [Fact]
    public void LongProgressLine_IsShortened() => Assert.Equal(110, ProgressLine.Of($"Unpacking {new string('x', 300)}")!.Length);

    [Fact]
    public void Policy_OfTheMachine_IsRestoredAfterAnInstallation()
    {
        const string Policy = "/usr/sbin/policy-rc.d";
        Assert.SkipUnless(DataHome.IsRoot && Directory.Exists("/etc/apt"), "Needs Debian.");
        var before = File.Exists(Policy) ? File.ReadAllText(Policy) : null;

        using (new SystemServices())
        {
            Assert.Contains("exit 101", File.ReadAllText(Policy), StringComparison.Ordinal);
        }

        Assert.Equal(before, File.Exists(Policy) ? File.ReadAllText(Policy) : null);
        Assert.False(File.Exists($"{Policy}.aspire-processes"));
    }

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
