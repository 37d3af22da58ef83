using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

/// <summary>Resources and annotations of one's own: how Aspire's model is extended.</summary>
public sealed class AnnotationTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public void Annotations_OfAType_AreAppendedOrReplaced()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var box = builder.AddResource(new Box("box"));
        Assert.False(box.Resource.TryGetLastAnnotation<Label>(out _));
        Assert.False(box.Resource.TryGetAnnotationsOfType<Label>(out _));

        box.WithAnnotation(new Label("one")).WithAnnotation(new Label("two"), ResourceAnnotationMutationBehavior.Append).WithAnnotation<Label>();
        Assert.True(box.Resource.TryGetAnnotationsOfType<Label>(out var all));
        Assert.Equal(["one", "two", "unnamed"], all.Select(label => label.Text));
        Assert.True(box.Resource.TryGetLastAnnotation<Label>(out var last));
        Assert.Equal("unnamed", last.Text);

        box.WithAnnotation<Label>(ResourceAnnotationMutationBehavior.Replace);
        Assert.Single(box.Resource.Annotations);
        Assert.True(box.Resource.HasAnnotationOfType<Label>());
        Assert.False(box.Resource.HasAnnotationOfType<ReplicaAnnotation>());
        Assert.Same(builder.Services, box.ApplicationBuilder.Services);
    }

    [Fact]
    public async Task Resource_OfOnesOwn_TakesWhatItsInterfacesAllow()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var holder = builder.AddParameter("holder", "value");
        var box = builder.AddBox("box", holder.Resource)
            .WithEnvironment("NAME", "value").WithArgs("--now").WithHttpEndpoint(name: "web").WithReference(builder.AddRedis("store"))
            .WaitFor(builder.AddParameter("other", "value"));

        Assert.Equal("value", (await builder.EnvironmentOfAsync(box.Resource))["NAME"]);
        Assert.Equal(["--now"], await builder.ArgumentsOfAsync(box.Resource));
        Assert.Equal("web", box.OnlyEndpoint("web").EndpointName);
        Assert.Equal(holder.Resource, ((IResourceWithParent)box.Resource).Parent);
        Assert.Equal([box.Resource], Parts([box.Resource]));

        static IEnumerable<IComputeResource> Parts(IEnumerable<IResource> resources) =>
            resources.OfType<IResourceWithProbes>().OfType<IResourceWithoutLifetime>().OfType<IComputeResource>();
    }

    [Fact]
    public async Task Replicas_ByAnnotation_AreCounted()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddProject("app", Whole.ProbeProject);
        Assert.Equal(1, app.Resource.GetReplicaCount());

        app.WithAnnotation(new ReplicaAnnotation(3), ResourceAnnotationMutationBehavior.Replace);

        Assert.Equal((3, 1), (app.Resource.GetReplicaCount(), new ReplicaAnnotation().Replicas));
        Assert.Throws<ArgumentOutOfRangeException>(() => app.WithReplicas(0));
    }

    [Fact]
    public async Task Annotations_ThatABuilderWouldAdd_DoTheSameByHand()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("app", "sh", ".").WithAnnotation(new ExplicitStartupAnnotation()).WithAnnotation(new ResourceIconAnnotation("Box"));
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        await application.ResourceNotifications.WaitForResourceAsync("app", KnownResourceStates.NotStarted, Deadline);

        Assert.Equal(("Box", IconVariant.Filled), (application.StateOf("app").IconName, application.StateOf("app").IconVariant));
        var icon = new ResourceIconAnnotation("Key", IconVariant.Regular);
        Assert.Equal(("Key", IconVariant.Regular), (icon.IconName, icon.IconVariant));
    }

    [Fact]
    public void Collection_OfAnnotations_KeepsTheirOrder()
    {
        ResourceAnnotationCollection annotations = [new Label("one"), new Label("two")];

        Assert.Equal(["one", "two"], annotations.Cast<Label>().Select(label => label.Text));
    }

    [Fact]
    public void Model_OfGivenResources_HasTheirNamesOnce()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var one = builder.AddParameter("one", "1").Resource;

        Assert.Same(builder.Resources, new DistributedApplicationModel(builder.Resources).Resources);
        Assert.Equal([one], new DistributedApplicationModel([one]).Resources);
        Assert.Throws<DistributedApplicationException>(() => new DistributedApplicationModel([one, new Box("ONE")]));
    }

    private sealed class Label(string text) : IResourceAnnotation
    {
        public Label()
            : this("unnamed")
        {
        }

        public string Text => text;
    }

    private sealed class Box(string name) : Resource(name);
}

/// <summary>What an extension of the model looks like.</summary>
internal static class BoxExtensions
{
    public static IResourceBuilder<ParcelResource> AddBox(this IDistributedApplicationBuilder builder, [ResourceName] string name, ParameterResource holder) =>
        builder.AddResource(new ParcelResource(name, holder));

    public static EndpointReference OnlyEndpoint(this IResourceBuilder<IResourceWithEndpoints> builder, [EndpointName] string name) =>
        builder.Resource.GetEndpoints().Single(endpoint => endpoint.EndpointName == name);
}

internal sealed class ParcelResource(string name, ParameterResource holder) : Resource(name), IResourceWithEnvironment, IResourceWithArgs,
    IResourceWithEndpoints, IResourceWithWaitSupport, IResourceWithProbes, IComputeResource, IResourceWithoutLifetime, IResourceWithParent<ParameterResource>
{
    public ParameterResource Parent => holder;
}
