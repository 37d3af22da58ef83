using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Api;

/// <summary>The network that one client has for itself, which limits count against.</summary>
public static class ClientNetwork
{
    // A provider gives each customer a /64 of IPv6: a limit per address would be 2^64 limits for one client.
    private const int PrefixBytes = 8;

    /// <summary>An IPv4 address, or an IPv6 network such as <c>2001:db8:1:2::/64</c>; empty when the address is not known.</summary>
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    private static string Of(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => $"{address.MapToIPv4()}",
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"{new IPAddress(Prefix(address))}/{PrefixBytes * 8}",
        _ => $"{address}",
    };

    private static byte[] Prefix(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, PrefixBytes, bytes.Length - PrefixBytes);
        return bytes;
    }
}
