using EventBus;
using EventBus.Faults;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ServiceDefaults.Messaging.FaultLab;

/// <summary>The part of the fault lab inside a service (docs/fault-lab.md).</summary>
internal static class FaultLabSetup
{
    private const string Key = "FaultLab:Key";

    /// <summary>
    /// Lets AppHost begin faults of the event bus over HTTP, if AppHost gave this process a key and the environment is Development.
    /// Otherwise this does nothing.
    /// </summary>
    public static EventBusBuilder AllowFaultsInDevelopment(this EventBusBuilder bus)
    {
        if (bus.Host.Environment.IsDevelopment() && bus.Host.Configuration[Key] is { Length: > 0 } key)
        {
            bus.AllowFaults();
            bus.Services.AddSingleton<IStartupFilter>(new FaultRequests(key));
        }

        return bus;
    }
}
