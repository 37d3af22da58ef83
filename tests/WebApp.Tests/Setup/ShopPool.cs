using System.Collections.Concurrent;

namespace WebApp.Tests.Setup;

/// <summary>
/// Keeps started shops, because starting one takes longer than most tests. Tests use a shop one after another, never two at the same time.
/// </summary>
internal sealed class ShopPool : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<Shop>> _free = new();

    /// <summary>Takes a free shop with these settings, or opens one.</summary>
    public async Task<Shop> TakeAsync(TestServers servers, (string Name, string Value)[] settings)
    {
        var free = _free.GetOrAdd(string.Join('\n', settings.Select(setting => $"{setting.Name}={setting.Value}")), _ => []);
        return free.TryTake(out var shop) ? shop : await Shop.OpenSharedAsync(servers, settings, free.Add);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var shop in _free.Values.SelectMany(free => free))
        {
            await shop.CloseAsync();
        }
    }
}
