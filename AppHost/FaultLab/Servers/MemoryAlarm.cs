using AppHost.FaultLab.Processes;
using Hosting.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace AppHost.FaultLab.Servers;

/// <summary>Sets the limit of the broker's memory so low that it raises its alarm.</summary>
internal sealed class MemoryAlarm(RabbitMQServerResource broker) : Fault("memory-alarm", "Fault: memory alarm", "Memory")
{
    public override string Effect =>
        "The broker raises its memory alarm: it takes no message from any publisher, and delivers those that it has.";

    public override string Expectation =>
        "In Flows, new messages wait in the outbox, and all services with news wait, although the broker is healthy otherwise. They are "
        + "published when the alarm ends.";

    public override ResourceCommandState StateIn(CustomResourceSnapshot snapshot) => ResourceProcess.StateIn(snapshot);

    public override async Task<IAsyncDisposable> BeginAsync(FaultCall call, CancellationToken cancellationToken)
    {
        var process = ResourceProcess.IdOf(call);
        var limit = await broker.ControlAsync(
            call.Services, ["eval", "vm_memory_monitor:get_vm_memory_high_watermark()."], cancellationToken);
        await broker.ControlAsync(call.Services, ["set_vm_memory_high_watermark", "0.0001"], cancellationToken);
        return new EndOfFault(() => RestoreAsync(call.Services, call.InstanceId, process, limit));
    }

    // A broker that was started again has its usual limit.
    private async Task RestoreAsync(IServiceProvider services, string instance, int process, string limit)
    {
        if (services.GetRequiredService<ResourceNotificationService>().TryGetCurrentState(instance, out var state)
            && ResourceProcess.IdIn(state.Snapshot) == process)
        {
            await broker.ControlAsync(
                services, ["eval", $"vm_memory_monitor:set_vm_memory_high_watermark({limit})."], CancellationToken.None);
        }
    }
}
