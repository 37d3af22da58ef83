using Flows.Traces;

namespace Flows.Otlp;

/// <summary>Keeps one <see cref="TelemetrySource"/> per sending process.</summary>
public sealed class SourceReader(TagReader tags)
{
    private const int MaxKept = 512;

    // A name is short. Without a limit of its own, a few spans with a source each could fill the memory.
    private const int MaxLength = 256;

    private readonly Dictionary<TelemetrySource, TelemetrySource> _known = [];

    public TelemetrySource Read(Wire.Resource.Resource? resource)
    {
        if (resource is null)
        {
            return TelemetrySource.Unknown;
        }

        var attributes = tags.Read(resource.Attributes);
        var source = new TelemetrySource(
            TagReader.Cut(attributes.Find("service.name") ?? TelemetrySource.Unknown.Service, MaxLength),
            TagReader.Cut(attributes.Find("service.instance.id") ?? "", MaxLength));
        if (_known.TryGetValue(source, out var known))
        {
            return known;
        }

        if (_known.Count >= MaxKept)
        {
            _known.Clear();
        }

        _known.Add(source, source);
        return source;
    }
}
