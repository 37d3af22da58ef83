using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Endpoints;
using Aspire.Hosting.Testing;

namespace Embedded.Tests.Hosting;

public sealed class EndpointTests
{
    private static CancellationToken Deadline => TestContext.Current.CancellationToken;

    [Fact]
    public void Annotation_WithoutMore_HasAspiresDefaults()
    {
        var plain = new EndpointAnnotation(ProtocolType.Tcp);
        var web = new EndpointAnnotation(ProtocolType.Tcp, uriScheme: "http", name: "web", port: 0);
        var full = new EndpointAnnotation(ProtocolType.Udp, "own", "quic", "full", port: 1, targetPort: 2, isExternal: true, isProxied: false);

        Assert.Equal(("tcp", "tcp", "tcp", ProtocolType.Tcp), (plain.Name, plain.UriScheme, plain.Transport, plain.Protocol));
        Assert.Equal((null, null, true, false), (plain.Port, plain.TargetPort, plain.IsProxied, plain.IsExternal));
        Assert.Equal(("localhost", false, false, null), (plain.TargetHost, plain.TlsEnabled, plain.ExcludeReferenceEndpoint, plain.AllocatedEndpoint));
        Assert.Equal(("web", "http", null), (web.Name, web.Transport, web.Port));
        Assert.Equal(("full", "own", "quic", ProtocolType.Udp), (full.Name, full.UriScheme, full.Transport, full.Protocol));
        Assert.Equal((1, 2, true, false), (full.Port, full.TargetPort, full.IsExternal, full.IsProxied));
        Assert.Throws<ArgumentException>(() => new EndpointAnnotation(ProtocolType.Tcp, name: "two--hyphens"));
    }

    [Fact]
    public void WithEndpoint_SameNameAgain_ChangesWhatIsGiven()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddExecutable("app", "sh", ".").WithEndpoint(port: 1, scheme: "own", name: "web")
            .WithEndpoint(name: "web", targetPort: 2, isProxied: false, protocol: ProtocolType.Udp);

        var endpoint = app.GetEndpoint("web").EndpointAnnotation;

        Assert.Equal((1, 2, "own", false, ProtocolType.Udp), (endpoint.Port, endpoint.TargetPort, endpoint.UriScheme, endpoint.IsProxied, endpoint.Protocol));
    }

    [Fact]
    public async Task WithEndpoint_Callback_ChangesWhatIsPublished()
    {
        var resources = await Published.ResourcesAsync(builder =>
        {
            builder.AddContainer("app", "app").WithEndpoint("web", endpoint =>
            {
                (endpoint.UriScheme, endpoint.Transport, endpoint.TargetPort, endpoint.Port) = ("http", "http2", 80, 8080);
                (endpoint.IsExternal, endpoint.IsProxied, endpoint.TlsEnabled, endpoint.TargetHost) = (true, false, false, "localhost");
                (endpoint.Name, endpoint.Protocol) = ("page", ProtocolType.Tcp);
            }).WithEndpoint("absent", endpoint => endpoint.Port = 1, createIfNotExists: false);
            builder.AddContainer("grpc", "grpc").WithHttpEndpoint(targetPort: 81).WithHttpsEndpoint(targetPort: 82).AsHttp2Service();
        });

        Assert.Equal(
            ("http", "http2", "80", "8080", "true"),
            (resources.Text("app.bindings.page.scheme"), resources.Text("app.bindings.page.transport"), resources.Text("app.bindings.page.targetPort"),
                resources.Text("app.bindings.page.port"), resources.Text("app.bindings.page.external")));
        Assert.Single(resources["app"]!["bindings"]!.AsObject());
        Assert.Equal(("http2", "http2", "https"), (
            resources.Text("grpc.bindings.http.transport"), resources.Text("grpc.bindings.https.transport"), resources.Text("grpc.bindings.https.scheme")));
    }

    [Fact]
    public async Task Reference_BeforeAndAfterTheStart_TellsTheAddress()
    {
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var app = builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000");
        var early = new EndpointReference(app.Resource, "web");
        Assert.Equal((false, false), (early.Exists, early.IsAllocated));
        var unknown = Assert.Throws<InvalidOperationException>(() => early.EndpointAnnotation);
        Assert.Contains("It has: none", unknown.Message, StringComparison.Ordinal);

        var known = new EndpointReference(app.Resource, app.WithHttpEndpoint(name: "web").Resource.Annotations.OfType<EndpointAnnotation>().Single());
        Assert.Equal((true, true, false, false, null), (early.Exists, early.IsHttp, early.IsHttps, early.TlsEnabled, early.TargetPort));
        Assert.Throws<InvalidOperationException>(() => early.Url);
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);

        var fromNetwork = app.GetEndpoint("web", KnownNetworkIdentifiers.LocalhostNetwork);
        var url = application.GetEndpoint("app", "web").GetLeftPart(UriPartial.Authority);
        Assert.True(early.IsAllocated);
        Assert.Equal((url, url, url), (early.Url, known.Url, fromNetwork.Url));
        Assert.Equal(("localhost", new Uri(url).Port, "http"), (early.Host, early.Port, early.Scheme));
        Assert.Equal(url, await early.GetValueAsync(Deadline));
        Assert.Equal(app.Resource, known.Resource);
        Assert.Equal(["web"], app.Resource.GetEndpoints().Select(endpoint => endpoint.EndpointName));
        AssertTellsItsParts(known.EndpointAnnotation.AllocatedEndpoint!, url);
    }

    [Fact]
    public async Task Server_ThatListensAtTheOtherLoopbackAddress_IsReached()
    {
        var port = PortAllocator.Take();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddExecutable("app", "sh", ".", "-c", "exec sleep 1000").WithHttpEndpoint(port: 80, targetPort: port);
        await using var application = await builder.BuildAsync(Deadline);
        await application.StartAsync(Deadline);
        using var server = new TcpListener(IPAddress.IPv6Loopback, port);
        server.Start();
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", application.GetEndpoint("app", "http").Port, Deadline);

        using var connected = await server.AcceptSocketAsync(Deadline);

        await client.Client.SendAsync("x"u8.ToArray(), Deadline);
        Assert.Equal(1, await connected.ReceiveAsync(new byte[1], Deadline));
    }

    [Fact]
    public async Task Expression_OfEachPart_HasItsValueAndItsNameInTheManifest()
    {
        using var builder = DistributedApplicationTestingBuilder.Create();
        var endpoint = builder.AddExecutable("app", "sh", ".").WithHttpsEndpoint(port: 443, targetPort: 8443, name: "web").GetEndpoint("web");
        endpoint.EndpointAnnotation.AllocatedEndpoint = new AllocatedEndpoint(endpoint.EndpointAnnotation, "localhost", 443, "8443");

        await AssertPartAsync(EndpointProperty.Url, "https://localhost:443", "{app.bindings.web.url}");
        await AssertPartAsync(EndpointProperty.Host, "localhost", "{app.bindings.web.host}");
        await AssertPartAsync(EndpointProperty.IPV4Host, "127.0.0.1", "{app.bindings.web.host}");
        await AssertPartAsync(EndpointProperty.Port, "443", "{app.bindings.web.port}");
        await AssertPartAsync(EndpointProperty.TargetPort, "8443", "{app.bindings.web.targetPort}");
        await AssertPartAsync(EndpointProperty.Scheme, "https", "{app.bindings.web.scheme}");
        await AssertPartAsync(EndpointProperty.HostAndPort, "localhost:443", "{app.bindings.web.host}:{app.bindings.web.port}");
        await AssertPartAsync(EndpointProperty.TlsEnabled, "True", "{app.bindings.web.tlsEnabled}");
        Assert.Equal((true, 8443), (endpoint.IsHttps, endpoint.TargetPort));
        var chosen = endpoint.GetTlsValue(ReferenceExpression.Create($"secure"), ReferenceExpression.Create($"open"));
        Assert.Equal("secure", await chosen.GetValueAsync(Deadline));

        async Task AssertPartAsync(EndpointProperty property, string value, string expression)
        {
            var part = new EndpointReferenceExpression(endpoint, property);
            Assert.Equal((endpoint, property), (part.Endpoint, part.Property));
            Assert.Equal((value, expression), (await part.GetValueAsync(Deadline), part.ValueExpression));
            var asked = new ValueProviderContext
            {
                ExecutionContext = builder.ExecutionContext,
                Caller = endpoint.Resource,
                Network = KnownNetworkIdentifiers.PublicInternet,
            };
            Assert.Equal(value, await part.GetValueAsync(asked, Deadline));
        }
    }

    [Fact]
    public void Network_Identifiers_AreEqualByTheirNames()
    {
        var own = new NetworkIdentifier("own");

        Assert.Equal(("own", "own"), (own.Value, $"{own}"));
        Assert.Equal(new NetworkIdentifier("localhost"), KnownNetworkIdentifiers.LocalhostNetwork);
        Assert.NotEqual(KnownNetworkIdentifiers.LocalhostNetwork, KnownNetworkIdentifiers.PublicInternet);
    }

    private static void AssertTellsItsParts(AllocatedEndpoint allocated, string url)
    {
        Assert.Equal((url, url), (allocated.UriString, allocated.ToString()));
        Assert.Equal(("localhost", new Uri(url).Port, "http"), (allocated.Address, allocated.Port, allocated.UriScheme));
        Assert.Equal($"localhost:{allocated.Port}", allocated.EndPointString);
        Assert.Equal($"{allocated.Port}", allocated.TargetPortExpression);
        Assert.Equal("web", allocated.Endpoint.Name);
    }
}
