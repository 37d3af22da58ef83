namespace Flows.Traces;

/// <summary>The sending process: <c>service.name</c> and <c>service.instance.id</c> of its telemetry.</summary>
public sealed record TelemetrySource(string Service, string Instance)
{
    public static readonly TelemetrySource Unknown = new("unknown_service", "");

    /// <summary>
    /// About how much memory its texts hold. Each span and log line counts all of it: a sender may have a new source for each of them.
    /// </summary>
    public int Bytes => 80 + ((Service.Length + Instance.Length) * 2);
}
