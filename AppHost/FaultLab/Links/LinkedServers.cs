using System.Globalization;
using System.Net;

namespace AppHost.FaultLab.Links;

/// <summary>Where apps reach a server.</summary>
internal sealed record ServerAddress(ReferenceExpression Host, ReferenceExpression Port);

/// <summary>The proxy before a server.</summary>
internal sealed record LinkAnnotation(Link Link) : IResourceAnnotation;

internal static class LinkedServers
{
    /// <summary>The address of a server for apps: with the fault lab that of the proxy before it, otherwise its own.</summary>
    public static ServerAddress AddressForApps<TServer>(this IResourceBuilder<TServer> server, EndpointReference endpoint)
        where TServer : IResource
    {
        if (!server.ApplicationBuilder.HasFaultLab())
        {
            return new(
                ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.Host)}"),
                ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.Port)}"));
        }

        if (!server.Resource.TryGetLastAnnotation<LinkAnnotation>(out var proxy))
        {
            proxy = new(new Link(() => endpoint.IsAllocated ? new DnsEndPoint(endpoint.Host, endpoint.Port) : null));
            server.WithAnnotation(proxy);
        }

        var port = proxy.Link.Port.ToString(CultureInfo.InvariantCulture);
        return new(ReferenceExpression.Create($"127.0.0.1"), ReferenceExpression.Create($"{port}"));
    }
}
