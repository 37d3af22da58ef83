using System.Collections.Concurrent;
using Dashboard.Resources.V1;
using Dashboard.Telemetry;

namespace Dashboard.Resources;

/// <summary>The state of each resource and what it printed, as the engine last told. The link writes; any number read.</summary>
public sealed class ResourceStore(TelemetryLimits limits)
{
    private readonly ConcurrentDictionary<string, Resource> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ConsoleLog> _consoles = new(StringComparer.OrdinalIgnoreCase);
    private long _version;

    public long Version => Volatile.Read(ref _version);

    public IReadOnlyList<Resource> Snapshot() =>
        [.. _byName.Values.OrderBy(resource => resource.DisplayName, StringComparer.OrdinalIgnoreCase)];

    public Resource? Find(string name) => _byName.GetValueOrDefault(name);

    public ConsoleLog? ConsoleOf(string name) => _consoles.GetValueOrDefault(name);

    internal void Put(Resource resource)
    {
        _byName[resource.Name] = resource;
        Changed();
    }

    internal void Add(ConsoleLines lines)
    {
        var console = _consoles.GetOrAdd(lines.ResourceName, static (_, max) => new ConsoleLog(max), limits.ConsoleLines);
        foreach (var line in lines.Lines)
        {
            console.Add(line);
        }
    }

    /// <summary>The engine tells everything anew.</summary>
    internal void Clear()
    {
        _byName.Clear();
        _consoles.Clear();
        Changed();
    }

    internal void Changed() => Interlocked.Increment(ref _version);
}
