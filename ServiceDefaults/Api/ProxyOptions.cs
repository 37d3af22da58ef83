using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ServiceDefaults.Api;

/// <summary>Which proxies may say whose request they forward; section <c>Proxies</c>.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    public const string SectionName = "Proxies";

    private static readonly string[] PrivateNetworks =
        ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"];

    /// <summary>
    /// Networks in CIDR form. <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of other callers are ignored, because any client can send
    /// them. Default: loopback and the private networks.
    /// </summary>
    public string[] Networks { get; set; } = [];

    /// <summary>
    /// How many proxies stand before this process: that many values of <c>X-Forwarded-For</c> are used, counted from the last. A higher
    /// number lets a client choose its own address. Default: 1.
    /// </summary>
    [Range(1, 10)]
    public int Count { get; set; } = 1;

    internal IEnumerable<string> TrustedNetworks => Networks.Length > 0 ? Networks : PrivateNetworks;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Networks
        .Where(network => !IPNetwork.TryParse(network, out _))
        .Select(network => new ValidationResult(
            $"{SectionName}:{nameof(Networks)} has '{network}', which is not a network such as 10.0.0.0/8.", [nameof(Networks)]));
}
