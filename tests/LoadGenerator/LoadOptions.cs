using System.ComponentModel.DataAnnotations;

namespace LoadGenerator;

/// <summary>What to send. Each member is a command-line option, for example <c>--rate 5</c>.</summary>
public sealed class LoadOptions
{
    /// <summary>Visits per second. Can be changed while the load runs: <c>POST /rate?perSecond=10</c>. Default: 2.</summary>
    [Range(0.01, 1000)]
    public double Rate { get; set; } = 2;

    /// <summary>How long visits start. Default: until <c>POST /finish</c> or Ctrl+C.</summary>
    public TimeSpan? Duration { get; set; }

    /// <summary>How long orders may take to reach their end after the last visit. Default: 2 minutes.</summary>
    public TimeSpan Settle { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The address of the shop. Default: the resource <c>webapp</c> of AppHost, or http://localhost:5100.</summary>
    public Uri Shop { get; set; } = new("http://localhost:5100");
}
