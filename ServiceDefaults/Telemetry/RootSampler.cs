using System.Diagnostics;
using OpenTelemetry.Trace;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// A trace begins with a request or a message. A call to a database, a cache or another service that none of them caused comes from a timer or a
/// sweep: several a second in every service, which would bury the traces worth reading.
/// </summary>
/// <param name="others">Decides about every other trace.</param>
internal sealed class RootSampler(Sampler others) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Kind == ActivityKind.Client
            ? new SamplingResult(SamplingDecision.Drop)
            : others.ShouldSample(samplingParameters);
}
