using System.ComponentModel.DataAnnotations;

namespace WebApp.Push;

/// <summary>Section <c>Push</c>.</summary>
public sealed class PushOptions
{
    public const string SectionName = "Push";

    /// <summary>
    /// The most connections to the hub, which are open pages, from one client network at a replica. Further pages work without live
    /// updates. Default: 500.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int ConnectionsPerNetwork { get; set; } = 500;
}
