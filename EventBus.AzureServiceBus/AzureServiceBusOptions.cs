using System.ComponentModel.DataAnnotations;

namespace EventBus.AzureServiceBus;

/// <summary>Settings of the transport, bound from configuration section <c>EventBus:ServiceBus</c>.</summary>
public sealed class AzureServiceBusOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "EventBus:ServiceBus";

    /// <summary>
    /// Bytes of the largest body that may be published. Default: 192 KB, because the tier Standard carries messages of 256 KB, up to 64 KB
    /// of them headers. The tier Premium can be configured to carry more. 1 KB to 100 MB.
    /// </summary>
    [Range(1024, 100 * 1024 * 1024)]
    public int MaxBodySize { get; set; } = 192 * 1024;
}
