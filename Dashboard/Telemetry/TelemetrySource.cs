namespace Dashboard.Telemetry;

/// <summary>The process that told: <c>service.name</c> and <c>service.instance.id</c> of its telemetry.</summary>
public sealed record TelemetrySource(string Service, string Instance, Tag[] Tags)
{
    public static readonly TelemetrySource Unknown = new("unknown_service", "", []);

    public bool Equals(TelemetrySource? other) => other is not null && Service == other.Service && Instance == other.Instance;

    public override int GetHashCode() => HashCode.Combine(Service, Instance);
}
