using System.Diagnostics;
using OpenTelemetry.Trace;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Starts a trace only for a request or a message. A call to a database, a cache or another service without one of them comes from a timer
/// or a sweep: every service makes several per second, and the useful traces would be hard to find.
/// </summary>
/// <param name="others">Decides on all other traces.</param>
internal sealed class RootSampler(Sampler others) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Kind == ActivityKind.Client
            ? new SamplingResult(SamplingDecision.Drop)
            : others.ShouldSample(samplingParameters);
}
