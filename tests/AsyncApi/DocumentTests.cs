namespace AsyncApi;

public sealed class DocumentTests
{
    public static string Document { get; } = Repository.PathOf("docs", "asyncapi.yaml");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Document_SaysWhatTheServicesDeclare()
    {
        const string Head =
            "# Generated from the services' declarations by tests/AsyncApi: WRITE_ASYNCAPI=true dotnet test --project tests/AsyncApi\n";
        var expected = Head + Yaml.Write(AsyncApiDocument.Create(DeclaredService.All));

        if (Generated.Write)
        {
            await File.WriteAllTextAsync(Document, expected, Stop);
        }

        Assert.Equal(expected, (await File.ReadAllTextAsync(Document, Stop)).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Document_IsValidForTheParserOfAsyncApi()
    {
        var (exitCode, output) = await Npm.RunAsync("validate.mjs", [Document], Stop);

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void EveryCommand_HasExactlyOneReceiver()
    {
        var sent = DeclaredService.All.SelectMany(service => service.Topology.Sent).Select(queue => queue.Name);
        var received = DeclaredService.All.SelectMany(service => service.Topology.Consumed).Select(queue => queue.Name).ToArray();

        Assert.All(sent, command => Assert.Single(received, command));
    }

    /// <summary>A queue that is required but never consumed would grow without limit.</summary>
    [Fact]
    public void EveryRequiredConsumer_SubscribesToTheEvent()
    {
        var required = DeclaredService.All.SelectMany(service => service.Topology.Required).ToArray();
        Assert.NotEmpty(required);

        Assert.All(required, plan =>
        {
            var consumer = Assert.Single(DeclaredService.All, service => service.Name == plan.Name);
            Assert.Subset(consumer.Topology.Consumed.Single(queue => queue.Name == plan.Name).Types.ToHashSet(), plan.Types.ToHashSet());
        });
    }
}
