using EventBus.Transport;

namespace EventBus.Faults;

/// <summary>
/// While the fault is running, collects what arrives within a second and hands it on in reverse. The broker hands out no more than the
/// prefetch count in that time.
/// </summary>
internal sealed class ReversedDeliveries(Action<Delivery> onDelivery, BusFaults faults, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Stack<Delivery> _held = [];
    private readonly Lock _gate = new();

    public void Add(Delivery delivery)
    {
        lock (_gate)
        {
            // What arrives after the end of the fault stays behind what is still held.
            if (!faults.Reverses && _held.Count == 0)
            {
                onDelivery(delivery);
                return;
            }

            _held.Push(delivery);
            if (_held.Count == 1)
            {
                _ = HandOnLaterAsync();
            }
        }
    }

    private async Task HandOnLaterAsync()
    {
        await Task.Delay(Window, clock);
        lock (_gate)
        {
            while (_held.TryPop(out var delivery))
            {
                onDelivery(delivery);
            }
        }
    }
}
