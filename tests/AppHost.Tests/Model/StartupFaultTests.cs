using System.Net.Sockets;
using Aspire.Hosting;

namespace AppHost.Tests.Model;

/// <summary>Which faults of a start are printed as a message, without a stack trace.</summary>
public sealed class StartupFaultTests
{
    private static readonly DistributedApplicationException Expected =
        new("Port 5109 is in use.", new IOException("Failed to bind.", new SocketException(98)));

    [Fact]
    public void ExpectedFault_WithACause_IsItsMessage() => Assert.Equal("Port 5109 is in use.", StartupFaults.MessageOf(Expected));

    [Fact]
    public void ExpectedFault_InsideAnother_IsItsMessage() =>
        Assert.Equal("Port 5109 is in use.", StartupFaults.MessageOf(new AggregateException(Expected)));

    [Fact]
    public void OtherFault_HasNoMessage() => Assert.Null(StartupFaults.MessageOf(new InvalidOperationException("A fault of the program.")));
}
