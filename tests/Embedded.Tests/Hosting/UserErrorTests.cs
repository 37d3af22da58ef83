using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

/// <summary>Mistakes in an AppHost: the message names the thing, its value and the way out.</summary>
public sealed class UserErrorTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WaitFor_InACircle_IsRefused_NamingTheCircle()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddExecutable("first", "sleep", ".", "100");
        var second = builder.AddExecutable("second", "sleep", ".", "100").WaitFor(first);
        var third = builder.AddExecutable("third", "sleep", ".", "100").WaitForStart(second);
        first.WaitFor(third);
        await using var app = await builder.BuildAsync(Deadline);

        var refused = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Deadline));

        Assert.StartsWith("'first' waits for 'third' waits for 'second' waits for 'first'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownImage_IsNamedWithItsTag()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddContainer("documents", "mongo", "8");
        await using var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);

        await app.ResourceNotifications.WaitForResourceAsync("documents", KnownResourceStates.FailedToStart, Deadline);

        Assert.Contains("'documents' is the container image 'mongo:8'", await Consoles.ReadAsync(app, "documents"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkingDirectory_NotThere_FailsWithTheWholePath()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("tool", "sh", "no/such/folder");
        await using var app = await builder.BuildAsync(Deadline);
        await app.StartAsync(Deadline);

        await app.ResourceNotifications.WaitForResourceAsync("tool", KnownResourceStates.FailedToStart, Deadline);

        Assert.Contains(
            $"'{Path.Combine(builder.AppHostDirectory, "no/such/folder")}' of 'tool' does not exist", await Consoles.ReadAsync(app, "tool"), StringComparison.Ordinal);
    }

    [Fact]
    public void Reason_OfACrash_IsWhatThisProcessSaid_NotTheOneBefore()
    {
        var console = new ConsoleLog(TimeProvider.System);
        console.Add("Unhandled exception. The first", isError: true);
        console.BeginProcess();
        console.Add("the second", isError: true);

        Assert.Equal(["the second"], console.Reason(10).Select(line => line.Content));
    }
}
