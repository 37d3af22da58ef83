using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Hosting;

namespace Embedded.Tests.Hosting;

/// <summary>Every way to take an AppHost into a test.</summary>
public sealed class EntryPointTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ways => ["type argument", "type", "arguments", "type and arguments", "options", "type and options"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task AppHost_CreatedByEachWay_HasItsModel(string way)
    {
        var application = typeof(Projects.AppHost);
        string[] args = ["--Shop:Volumes=false"];
        var task = way switch
        {
            "type argument" => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(Deadline),
            "type" => DistributedApplicationTestingBuilder.CreateAsync(application, Deadline),
            "arguments" => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(args, Deadline),
            "type and arguments" => DistributedApplicationTestingBuilder.CreateAsync(application, args, Deadline),
            "options" => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(args, Configure, Deadline),
            _ => DistributedApplicationTestingBuilder.CreateAsync(application, args, Configure, Deadline),
        };
        await using var builder = await task;

        Assert.Contains(builder.Resources, resource => resource is ProjectResource { Name: "webapp" });
        Assert.Equal(application.Assembly, builder.AppHostAssembly);
        var hasArguments = way.Contains("arguments", StringComparison.Ordinal) || way.Contains("options", StringComparison.Ordinal);
        Assert.Equal(hasArguments, !builder.Resources.Any(resource => resource.HasAnnotationOfType<ContainerMountAnnotation>()));
        Assert.Equal(way.Contains("options", StringComparison.Ordinal) ? "Staging" : "Development", builder.Environment.EnvironmentName);

        static void Configure(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) => settings.EnvironmentName = "Staging";
    }

    [Fact]
    public async Task AppHost_WithoutAnEntryPoint_IsRefused()
    {
        var library = typeof(DistributedApplication);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => DistributedApplicationTestingBuilder.CreateAsync(library, Deadline));

        Assert.Contains("is not an AppHost", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Factory_ThatWasNotStarted_SaysSo()
    {
        var factory = new DistributedApplicationFactory(typeof(Projects.AppHost));

        var unstarted = Assert.Throws<InvalidOperationException>(() => factory.CreateHttpClient("webapp"));
        factory.Dispose();

        Assert.Contains("StartAsync", unstarted.Message, StringComparison.Ordinal);
    }
}
