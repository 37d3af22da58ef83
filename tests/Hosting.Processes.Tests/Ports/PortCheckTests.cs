using System.Net;
using System.Net.Sockets;
using Hosting.Processes.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hosting.Processes.Tests.Ports;

public sealed class PortCheckTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public PortCheckTests() => _listener.Start();

    private int TakenPort => ((IPEndPoint)_listener.LocalEndpoint).Port;

    [Fact]
    public async Task PortInUse_IsReportedOnce_WithItsResourceAndItsProcess()
    {
        var fault = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => CheckAsync([], Needs("first", TakenPort), Needs("second", TakenPort)));

        Assert.StartsWith($"a port is in use.{Environment.NewLine}  {TakenPort} for 'first': ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("second", fault.Message, StringComparison.Ordinal);
        Assert.Contains(
            OperatingSystem.IsLinux() ? $"process {Environment.ProcessId} (" : "another process", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DashboardPortInUse_IsReportedWithItsSetting()
    {
        var fault = await Assert.ThrowsAsync<DistributedApplicationException>(() => CheckAsync(new()
        {
            ["AppHost:ResourceService:AuthMode"] = "ApiKey",
            ["ASPNETCORE_URLS"] = $"http://localhost:{TakenPort}",
        }));

        Assert.Contains($"{TakenPort} for the dashboard (ASPNETCORE_URLS)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RandomPorts_AreNotChecked() =>
        await CheckAsync(new() { ["DcpPublisher:RandomizePorts"] = "true" }, Needs("first", TakenPort));

    [Fact]
    public async Task FreePorts_AreAccepted()
    {
        var port = TakenPort;
        _listener.Stop();

        await CheckAsync([], Needs("first", port), Needs("second", port: null));
    }

    public void Dispose() => _listener.Dispose();

    private static ExecutableResource Needs(string name, int? port)
    {
        var resource = new ExecutableResource(name, "true", "/");
        resource.Annotations.Add(new EndpointAnnotation(ProtocolType.Tcp, name: "tcp", port: port, targetPort: port, isProxied: false));
        return resource;
    }

    private static Task CheckAsync(Dictionary<string, string?> settings, params IResource[] resources)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new PortCheck(configuration, NullLoggerFactory.Instance).CheckAsync(
            new DistributedApplicationModel(resources), TestContext.Current.CancellationToken);
    }
}
