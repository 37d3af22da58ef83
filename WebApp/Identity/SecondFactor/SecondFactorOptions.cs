namespace WebApp.Identity.SecondFactor;

/// <summary>Who needs a second factor; section <c>Identity</c>.</summary>
public sealed class SecondFactorOptions
{
    public const string SectionName = "Identity";

    /// <summary>
    /// Whether an administrator must have a second factor before a page of the back office opens or an administrator's token is issued.
    /// Default: true, but false in Development.
    /// </summary>
    public bool RequireSecondFactor { get; set; }
}
