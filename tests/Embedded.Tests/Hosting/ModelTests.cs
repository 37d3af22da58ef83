using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Projects;
using Aspire.Hosting.Run;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class ModelTests
{
    [Theory]
    [InlineData("1st")]
    [InlineData("two--hyphens")]
    [InlineData("hyphen-")]
    [InlineData("dotted.name")]
    [InlineData("größe")]
    public void ResourceName_BreakingARule_IsRefused(string name)
    {
        using var builder = DistributedApplicationTestingBuilder.Create();

        Assert.Throws<ArgumentException>(() => builder.AddRedis(name));
    }

    [Fact]
    public void ResourceName_Twice_IsRefusedWithoutRegardToCase()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddRedis("cache");

        Assert.Throws<DistributedApplicationException>(() => builder.AddRedis("Cache"));
    }

    [Fact]
    public async Task ReferenceExpression_Nested_IsDissolvedAndKeepsItsBraces()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var name = builder.AddParameter("name", "a b");
        var inner = ReferenceExpression.Create($"{{{name}}}");
        var outer = ReferenceExpression.Create($"<{inner}|{name.Resource:uri}>");

        Assert.Equal("<{a b}|a%20b>", await outer.GetValueAsync(TestContext.Current.CancellationToken));
        Assert.Equal("<{{name.value}}|{name-uri-encoded.value}>", outer.ValueExpression);
        Assert.Equal(2, outer.ValueProviders.Count);
    }

    [Fact]
    public void WaitFor_OneselfOrOnesParent_IsRefused()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var redis = builder.AddRedis("cache");

        Assert.Throws<DistributedApplicationException>(() => redis.WaitFor(redis));
    }

    [Fact]
    public void WaitFor_AChild_WaitsForItsParentToo()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var server = builder.AddPostgres("server");
        var app = builder.AddExecutable("app", "sh", ".").WaitFor(server.AddDatabase("data"));

        Assert.Equal(["server", "data"], app.Resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name));
        Assert.Equal(["data"], WaitList.NamesOf(app.Resource));
    }

    [Fact]
    public async Task StopOrder_Dependents_StopFirst_AndCirclesEnd()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var store = builder.AddRedis("store");
        var one = builder.AddExecutable("one", "sh", ".").WithEnvironment("STORE", store).WithHttpEndpoint(name: "http");
        var two = builder.AddExecutable("two", "sh", ".").WithReference(one.GetEndpoint("http")).WithHttpEndpoint(name: "http");
        one.WithReference(two.GetEndpoint("http"));
        var stopped = new List<string>();

        await new StopOrder(builder.Resources).RunAsync(resource =>
        {
            stopped.Add(resource.Name);
            return Task.CompletedTask;
        });

        Assert.Equal(3, stopped.Count);
        Assert.Equal("store", stopped[^1]);
    }

    [Fact]
    public void WithEndpoint_SameNameAgain_ChangesIt()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddExecutable("app", "sh", ".").WithHttpEndpoint(port: 1234).WithHttpEndpoint(port: 4321).WithExternalHttpEndpoints();

        var endpoint = Assert.Single(app.Resource.Annotations.OfType<EndpointAnnotation>());
        Assert.Equal(4321, endpoint.Port);
        Assert.True(endpoint.IsExternal);
    }

    [Fact]
    public void CommandLine_Quotes_KeepWordsTogether() =>
        Assert.Equal(["--name", "two words", "", "end"], CommandLine.Split("--name \"two words\"  \"\" end"));

    [Fact]
    public void RestartPolicy_CrashesInARow_WaitsLongerAndGivesUp()
    {
        var policy = new RestartPolicy(TimeProvider.System);

        Assert.Equal([0.25, 0.5, 1, 2, null], Enumerable.Range(0, 5).Select(_ => policy.Next()?.TotalSeconds));
    }

    [Fact]
    public void ConsoleLog_Secrets_AreStruckOut()
    {
        var log = new ConsoleLog(TimeProvider.System);
        log.Hide(["long-enough-secret", "short"]);

        log.Add("it is long-enough-secret, in short", isError: false);

        Assert.Equal("it is ********, in short", log.Last(1)[0].Content);
    }
}
