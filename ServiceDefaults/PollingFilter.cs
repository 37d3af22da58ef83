using System.Diagnostics;
using OpenTelemetry;

namespace ServiceDefaults;

/// <summary>
/// Keeps from the exporter what no request and no message caused: a service that asks its own database for work, several times a second. It
/// would bury the stories worth reading.
/// </summary>
internal sealed class PollingFilter : BaseProcessor<Activity>
{
    private static readonly string[] Stores = ["Npgsql", "OpenTelemetry.Instrumentation.StackExchangeRedis"];

    public override void OnEnd(Activity data)
    {
        if (data.ParentSpanId == default && Stores.Contains(data.Source.Name))
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
