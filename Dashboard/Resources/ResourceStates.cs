using Dashboard.Resources.V1;

namespace Dashboard.Resources;

/// <summary>What a resource's state means to somebody who wants to know whether all is right.</summary>
public enum Tone
{
    Good,
    Busy,
    Warning,
    Bad,
    Quiet,
}

public static class ResourceStates
{
    public static Tone ToneOf(Resource resource) => resource.State switch
    {
        "Running" => resource.Health switch
        {
            "Unhealthy" => Tone.Bad,
            "Degraded" => Tone.Warning,
            _ => Tone.Good,
        },
        "FailedToStart" or "RuntimeUnhealthy" => Tone.Bad,
        "Exited" or "Finished" => resource.HasExitCode && resource.ExitCode != 0 ? Tone.Bad : Tone.Quiet,
        "Starting" or "Waiting" or "Stopping" or "Building" => Tone.Busy,
        "ValueMissing" => Tone.Warning,
        _ => Tone.Quiet,
    };

    /// <summary>The state in words: "Running", "Running, unhealthy", "Exited (3)".</summary>
    public static string TextOf(Resource resource) => resource.State switch
    {
        "" => "Unknown",
        "FailedToStart" => "Failed to start",
        "NotStarted" => "Not started",
        "Running" when resource.Health is "Unhealthy" or "Degraded" => $"Running, {resource.Health.ToLowerInvariant()}",
        "Exited" or "Finished" when resource.HasExitCode => $"{resource.State} ({resource.ExitCode})",
        _ => resource.State,
    };

    /// <summary>Why a resource is not healthy, in the words of the first check that fails.</summary>
    public static string? ReasonOf(Resource resource)
    {
        var failing = resource.HealthReports.FirstOrDefault(report => report.Status is not ("Healthy" or ""));
        return failing is null ? null : $"{failing.Name}: {(failing.Description.Length > 0 ? failing.Description : failing.Status)}";
    }
}
