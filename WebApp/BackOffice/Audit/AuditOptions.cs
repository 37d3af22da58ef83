using System.ComponentModel.DataAnnotations;

namespace WebApp.BackOffice.Audit;

/// <summary>Section <c>Audit</c>.</summary>
public sealed class AuditOptions
{
    public const string SectionName = "Audit";

    /// <summary>How long the back office keeps what administrators did, in days. Default: 400, a year and a month.</summary>
    [Range(1, 36_500)]
    public int RetentionDays { get; set; } = 400;
}
