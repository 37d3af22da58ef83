using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Postgres;
using Aspire.Hosting.Redis;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class ContainerDescriptionTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Container_WithEverything_IsPublished()
    {
        var digest = new string('0', 64);
        var resources = await Published.ResourcesAsync(builder =>
        {
            builder.AddContainer("app", "team/app").WithImageTag("1.2").WithImageRegistry("registry.example").WithEntrypoint("/bin/app").WithVolume("/data");
            builder.AddContainer("fixed", "team/app").WithImageSHA256(digest);
            var own = builder.AddResource(new ContainerResource("own") { Entrypoint = "/bin/own" });
            own.WithAnnotation(new ContainerImageAnnotation { Image = "own", Registry = "own.example", Tag = "1" })
                .WithAnnotation(new ContainerMountAnnotation("kept", "/kept", ContainerMountType.Volume, isReadOnly: true));
            Assert.Equal("/bin/own", own.Resource.Entrypoint);
        });

        Assert.Equal(("registry.example/team/app:1.2", "/bin/app"), (resources.Text("app.image"), resources.Text("app.entrypoint")));
        Assert.Equal("/data", resources["app"]!["volumes"]![0]!["target"]!.ToString());
        Assert.Equal($"team/app@sha256:{digest}", resources.Text("fixed.image"));
        Assert.Equal(("own.example/own:1", "/bin/own"), (resources.Text("own.image"), resources.Text("own.entrypoint")));
        Assert.Equal(("kept", "true"), (resources["own"]!["volumes"]![0]!["name"]!.ToString(), resources["own"]!["volumes"]![0]!["readOnly"]!.ToString()));
    }

    [Fact]
    public void Image_TagAndDigest_ExcludeEachOther()
    {
        var image = new ContainerImageAnnotation { Image = "old", Tag = "1" };

        (image.Image, image.Registry, image.SHA256) = ("app", "registry.example", "abc");
        Assert.Equal(("app", "registry.example", "abc", null), (image.Image, image.Registry, image.SHA256, image.Tag));
        image.Tag = "2";
        Assert.Equal((null, "2"), (image.SHA256, image.Tag));
    }

    [Fact]
    public async Task Mounts_OfAContainer_AreInItsSnapshot()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddContainer("app", "app").WithVolume("named", "/named").WithBindMount("files", "/files", isReadOnly: true);
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        var mounts = app.Resource.Annotations.OfType<ContainerMountAnnotation>().ToArray();
        var files = Path.Combine(builder.AppHostDirectory, "files");

        Assert.Equal(
            [new VolumeSnapshot("named", "/named", "Volume", IsReadOnly: false), new VolumeSnapshot(files, "/files", "BindMount", IsReadOnly: true)],
            application.StateOf("app").Volumes);
        Assert.Equal((files, "/files", ContainerMountType.BindMount, true), (mounts[1].Source, mounts[1].Target, mounts[1].Type, mounts[1].IsReadOnly));
        Assert.Throws<ArgumentException>(() => new ContainerMountAnnotation("relative", "/", ContainerMountType.BindMount, isReadOnly: false));
    }

    [Fact]
    public void Lifetime_OfAContainer_IsWhatWasSaidLast()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var redis = builder.AddRedis("store").WithLifetime(ContainerLifetime.Session).WithLifetime(ContainerLifetime.Persistent);

        var lifetime = Assert.Single(redis.Resource.Annotations.OfType<ContainerLifetimeAnnotation>());
        Assert.Equal(ContainerLifetime.Persistent, lifetime.Lifetime);
        lifetime.Lifetime = ContainerLifetime.Session;
        Assert.Equal(ContainerLifetime.Session, new ContainerLifetimeAnnotation { Lifetime = lifetime.Lifetime }.Lifetime);
    }

    [Fact]
    public void AdminPages_Ports_AreFixedAndTheirDataIsKept()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddPostgres("database").WithPgAdmin(page => page.WithHostPort(5050)).WithPgWeb(page => page.WithHostPort(5051));
        builder.AddRedis("store").WithRedisCommander(page => page.WithHostPort(8081))
            .WithRedisInsight(page => page.WithHostPort(5540).WithDataVolume("pages").WithDataBindMount("/pages"));

        Assert.Equal(5050, PortOf<PgAdminContainerResource>("pgadmin"));
        Assert.Equal(5051, PortOf<PgWebContainerResource>("pgweb"));
        Assert.Equal(8081, PortOf<RedisCommanderResource>("rediscommander"));
        Assert.Equal(5540, PortOf<RedisInsightResource>("redisinsight"));
        var insight = builder.Resources.OfType<RedisInsightResource>().Single();
        Assert.Equal(["pages", "/pages"], insight.Annotations.OfType<ContainerMountAnnotation>().Select(mount => mount.Source));
        Assert.Equal(5540, insight.PrimaryEndpoint.EndpointAnnotation.Port);
        Assert.Equal(5051, builder.Resources.OfType<PgWebContainerResource>().Single().PrimaryEndpoint.EndpointAnnotation.Port);

        int? PortOf<T>(string name)
            where T : ContainerResource =>
            builder.Resources.OfType<T>().Single(page => page.Name == name).Annotations.OfType<EndpointAnnotation>().Single().Port;
    }

    [Fact]
    public void AdminPages_AddedByHand_AreContainers()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        ContainerResource[] pages =
            [new PgAdminContainerResource("page-1"), new PgWebContainerResource("page-2"), new RedisCommanderResource("page-3"), new RedisInsightResource("page-4")];

        Assert.All(pages, page => Assert.Equal(page.Name, builder.AddResource(page).WithImage("own").Resource.Name));
    }
}
