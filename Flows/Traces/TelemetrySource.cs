namespace Flows.Traces;

/// <summary>The sending process: <c>service.name</c> and <c>service.instance.id</c> of its telemetry.</summary>
public sealed record TelemetrySource(string Service, string Instance)
{
    public static readonly TelemetrySource Unknown = new("unknown_service", "");
}
