using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Lets a test run AppHost's entry point and take over what it builds.</summary>
internal interface IEntryPointWatcher
{
    void OnConstructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    void OnConstructed(DistributedApplicationBuilder builder);

    /// <summary>Called when the model is complete; returns when the application may be built.</summary>
    void OnBuilding(DistributedApplicationBuilder builder);

    void OnBuilt(DistributedApplication application);

    /// <summary>What <c>Run</c> of the entry point waits for: the test starts and stops the application.</summary>
    Task Completion { get; }

    /// <summary>Whether <c>Run</c> of the entry point only waits.</summary>
    bool RunsElsewhere { get; }
}

internal static class EntryPointWatcher
{
    private static readonly AsyncLocal<IEntryPointWatcher?> Ambient = new();

    public static IEntryPointWatcher? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }
}
