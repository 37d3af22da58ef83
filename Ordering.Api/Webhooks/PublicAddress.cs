using System.Net;
using System.Net.Sockets;

namespace Ordering.Api.Webhooks;

/// <summary>Distinguishes addresses of the internet from those of private networks.</summary>
internal static class PublicAddress
{
    // IPv4: the ranges that the IANA registry of special-purpose addresses does not list as globally reachable.
    private static readonly IPNetwork[] NotPublic4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(IPNetwork.Parse),
    ];

    // IPv6: only global unicast is public, without the ranges for protocols and those that contain an IPv4 address.
    private static readonly IPNetwork GlobalUnicast6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] NotPublic6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily is AddressFamily.InterNetwork
            ? !NotPublic4.Any(network => network.Contains(address))
            : GlobalUnicast6.Contains(address) && !NotPublic6.Any(network => network.Contains(address));
    }
}
