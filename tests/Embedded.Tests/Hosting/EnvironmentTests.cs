using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Embedded.Tests.Hosting;

public sealed class EnvironmentTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Variables_OfEveryKind_ReachTheProcess()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var name = builder.AddParameter("name", "a b");
        var app = builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000")
            .WithEnvironment("EXPRESSION", ReferenceExpression.Create($"<{name}>"))
            .WithEnvironment("VALUE", (IExpressionValue)name.Resource)
            .WithEnvironment("TYPED", new Shout("typed"))
            .WithEnvironment(async context =>
            {
                await Task.Yield();
                context.EnvironmentVariables["CALLED"] = context.Resource.Name;
                context.Logger.LogInformation("The variables are read");
                Assert.False(context.CancellationToken.IsCancellationRequested);
            })
            .WithAnnotation(new EnvironmentCallbackAnnotation(context => { context.EnvironmentVariables["ANNOTATED"] = "at once"; }))
            .WithAnnotation(new EnvironmentCallbackAnnotation(context =>
            {
                context.EnvironmentVariables["ANNOTATED_LATER"] = context.ExecutionContext.IsRunMode;
                return Task.CompletedTask;
            }));
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        var variables = await application.VariablesOfAsync("app");

        Assert.Equal(("<a b>", "a b", "TYPED"), (variables["EXPRESSION"], variables["VALUE"], variables["TYPED"]));
        Assert.Equal(("app", "at once", "True"), (variables["CALLED"], variables["ANNOTATED"], variables["ANNOTATED_LATER"]));
        Assert.Contains("The variables are read", await Consoles.ReadAsync(application, "app"), StringComparison.Ordinal);
        Assert.Contains(application.StateOf("app").Relationships, relationship => relationship == new RelationshipSnapshot("name", "Reference"));
        Assert.Equal("app", app.Resource.Name);
    }

    [Fact]
    public async Task Variables_Published_AreExpressions()
    {
        var resources = await Published.ResourcesAsync(builder =>
        {
            var name = builder.AddParameter("name");
            builder.AddContainer("app", "app").WithEnvironment("VALUE", (IExpressionValue)name.Resource).WithEnvironment("TYPED", new Shout("typed"))
                .WithEnvironment("EXPRESSION", ReferenceExpression.Create($"<{name}>"));
        });

        Assert.Equal("{name.value}", resources.Text("app.env.VALUE"));
        Assert.Equal("{shout.typed}", resources.Text("app.env.TYPED"));
        Assert.Equal("<{name.value}>", resources.Text("app.env.EXPRESSION"));
    }

    [Fact]
    public async Task Arguments_OfEveryKind_ReachTheProcessInOrder()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var word = builder.AddParameter("word", "two words");
        builder.AddExecutable("app", "sh", ".", "-c", "printf '[%s]' \"$@\"; echo; exec sleep 1000", "sh")
            .WithArgs("plain")
            .WithArgs(word, 3, ReferenceExpression.Create($"<{word}>"))
            .WithArgs(async context =>
            {
                await Task.Yield();
                context.Args.Add(context.Resource.Name);
                context.Logger.LogInformation("The arguments are read");
                Assert.False(context.CancellationToken.IsCancellationRequested);
            })
            .WithAnnotation(new CommandLineArgsCallbackAnnotation(arguments => { arguments.Add("at once"); }))
            .WithAnnotation(new CommandLineArgsCallbackAnnotation(context =>
            {
                context.Args.Add(context.ExecutionContext.Operation);
                return Task.CompletedTask;
            }));
        builder.AddExecutable("other", "sh", ".", new object[] { "-c", "echo $0; exec sleep 1000", word });
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        var said = await Consoles.ReadUntilAsync(application, "app", "[Run]");

        Assert.Contains("[plain][two words][3][<two words>][app][at once][Run]", said, StringComparison.Ordinal);
        Assert.Contains("The arguments are read", said, StringComparison.Ordinal);
        await Consoles.ReadUntilAsync(application, "other", "two words");
        Assert.Contains(application.StateOf("other").Relationships, relationship => relationship == new RelationshipSnapshot("word", "Reference"));
    }

    [Fact]
    public void Contexts_WithoutAResource_SaySo()
    {
        var run = new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run);
        var variables = new EnvironmentCallbackContext(run, new Dictionary<string, object> { ["KNOWN"] = "value" }, Deadline) { Logger = NullLogger.Instance };
        var arguments = new CommandLineArgsCallbackContext(["known"], Deadline) { Logger = NullLogger.Instance };

        Assert.Throws<InvalidOperationException>(() => variables.Resource);
        Assert.Throws<InvalidOperationException>(() => arguments.Resource);
        Assert.Equal(("value", "known"), (variables.EnvironmentVariables["KNOWN"], arguments.Args[0]));
    }

    private sealed class Shout(string text) : IValueProvider, IManifestExpressionProvider
    {
        public string ValueExpression => $"{{shout.{text}}}";

        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => new(text.ToUpperInvariant());
    }
}
