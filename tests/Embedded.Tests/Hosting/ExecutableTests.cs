using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class ExecutableTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Executable_AddedByHand_RunsInItsFolder()
    {
        using var folder = new TemporaryFolder();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddResource(new ExecutableResource("app", "sh", folder.Path)).WithArgs("-c", "pwd; exec sleep 1000");
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        await Consoles.ReadUntilAsync(application, "app", Path.GetFileName(folder.Path));

        Assert.Equal(("sh", folder.Path), (app.Resource.Command, app.Resource.WorkingDirectory));
    }

    [Fact]
    public void Executable_InARelativeFolder_IsBelowAppHosts()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();

        Assert.Equal(Path.Combine(builder.AppHostDirectory, "tools"), builder.AddExecutable("app", "sh", "tools", args: (string[]?)null).Resource.WorkingDirectory);
    }
}
