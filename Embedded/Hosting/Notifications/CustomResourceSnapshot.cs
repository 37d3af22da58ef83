using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    private readonly ImmutableArray<HealthReportSnapshot> _healthReports = [];
    private readonly ResourceStateSnapshot? _state;

    /// <summary>Such as <c>Project</c>.</summary>
    public required string ResourceType { get; init; }

    /// <summary>Facts about it.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When it appeared, UTC.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When it last started, UTC.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When it last stopped, UTC.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>One of <see cref="KnownResourceStates"/>, or a word of one's own.</summary>
    public ResourceStateSnapshot? State
    {
        get => _state;
        init
        {
            _state = value;
            HealthStatus = ComputeHealth(_healthReports, value?.Text);
        }
    }

    /// <summary>How its process ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Its health, computed: <see langword="null"/> unless it runs; healthy if nothing checks it; else the worst report.</summary>
    public HealthStatus? HealthStatus { get; private init; }

    /// <summary>What its checks say.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports
    {
        get => _healthReports;
        internal init
        {
            _healthReports = value;
            HealthStatus = ComputeHealth(value, _state?.Text);
        }
    }

    /// <summary>Its environment variables.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Its links.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>Its volumes.</summary>
    public ImmutableArray<VolumeSnapshot> Volumes { get; init; } = [];

    /// <summary>What it can be told to do.</summary>
    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    /// <summary>How it stands to others.</summary>
    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    /// <summary>Whether it is not shown.</summary>
    public bool IsHidden { get; init; }

    /// <summary>A Fluent UI icon that stands for the resource.</summary>
    public string? IconName { get; init; }

    /// <summary>The icon's variant.</summary>
    public IconVariant? IconVariant { get; init; }

    internal Task? ResourceReadyEvent { get; init; }

    private static HealthStatus? ComputeHealth(ImmutableArray<HealthReportSnapshot> reports, string? state) =>
        state != KnownResourceStates.Running ? null
        : reports.IsDefaultOrEmpty ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
        : reports.Min(report => report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);
}

/// <summary>The state of a resource and how it is coloured.</summary>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state without a colour.</summary>
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, Style: null);
}

/// <summary>An environment variable of a resource.</summary>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec)
{
    internal bool IsSecret { get; init; }
}

/// <summary>A link of a resource.</summary>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>How it is shown.</summary>
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();
}

/// <summary>How a link is shown.</summary>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

/// <summary>A volume of a resource.</summary>
public sealed record VolumeSnapshot(string? Source, string Target, string MountType, bool IsReadOnly);

/// <summary>How a resource stands to another.</summary>
public sealed record RelationshipSnapshot(string ResourceName, string Type);

/// <summary>A fact about a resource.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Whether it is hidden.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>A command of a resource.</summary>
public sealed record ResourceCommandSnapshot(
    string Name, ResourceCommandState State, string DisplayName, string? DisplayDescription, object? Parameter, string? ConfirmationMessage,
    string? IconName, IconVariant? IconVariant, bool IsHighlighted)
{
    /// <summary>Who may use it; default: people and programs.</summary>
    public ResourceCommandVisibility Visibility { get; init; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;
}

/// <summary>What a health check says.</summary>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    /// <summary>When it last ran, UTC.</summary>
    public DateTime? LastRunAt { get; init; }
}

/// <summary>The states that have names.</summary>
public static class KnownResourceStates
{
    /// <summary>It is being started.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>It runs.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>It could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>What it runs in is not well.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>It is being stopped.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>It was stopped, or ended with an error.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>It ended by itself, well.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>It waits for others.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>It was not told to start.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>It is being built.</summary>
    public static readonly string Building = nameof(Building);

    /// <summary>A parameter has no value.</summary>
    public static readonly string ValueMissing = nameof(ValueMissing);

    /// <summary>It is there; it has no process.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>The states it stays in until someone starts it.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
