using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Polly.CircuitBreaker;
using WebApp.Identity;

namespace WebApp.Tests.Setup;

/// <content>Shops that several tests use, one after another.</content>
public sealed partial class Shop
{
    /// <summary>Emptied in this order, because of foreign keys. Other accounts than the administrator's are deleted last.</summary>
    internal static readonly string[] EmptiedTables =
    [
        "attempt_counters", "oauth_tokens", "oauth_authorizations", "saved_addresses", "sessions", "sent_mails", "admin_actions",
    ];

    private static readonly string Emptying =
        string.Concat(EmptiedTables.Select(table => $"delete from {table};")) + $"delete from users where email <> '{AdminEmail}'";

    private readonly CircuitBreakerManualControl _circuits = new();

    // Null when the shop is one test's own.
    private Action<Shop>? _giveBack;
    private string? _adminsStamp;

    /// <summary>
    /// A started shop that other tests used before: for tests of pages and answers. Disposing gives it back. Then the fake services are
    /// down again, their circuits are closed, and the administrator is the only user. What cannot be reset is not offered: the clock,
    /// mails, messages, logs and replicas. Requests are not limited. A test that needs these or limits, reads the audit log, or changes
    /// the administrator's account, opens its own shop.
    /// </summary>
    /// <param name="servers">The servers of all tests.</param>
    /// <param name="settings">More settings. Each combination has separate shops, so use few.</param>
    public static Task<Shop> BorrowAsync(TestServers servers, params (string Name, string Value)[] settings) =>
        servers.Shops.TakeAsync(servers, settings);

    internal static async Task<Shop> OpenSharedAsync(
        TestServers servers, (string Name, string Value)[] settings, Action<Shop> giveBack)
    {
        var shop = await OpenAsync(servers, all =>
        {
            // The tests together send more than one visitor may, and these counters are in memory.
            all["Identity:RequestsPerMinute"] = $"{int.MaxValue}";
            all["RateLimits:RequestsPerSecond"] = "0";
            foreach (var (name, value) in settings)
            {
                all[name] = value;
            }
        });
        shop._giveBack = giveBack;
        await using var scope = shop.Services.CreateAsyncScope();
        shop._adminsStamp = await StampAsync(scope.ServiceProvider.GetRequiredService<IdentityContext>());
        return shop;
    }

    private static Task<string?> StampAsync(IdentityContext db) =>
        db.Users.Where(user => user.Email == AdminEmail).Select(user => user.ConcurrencyStamp).SingleAsync();

    private T Own<T>(T value) => _giveBack is null
        ? value
        : throw new InvalidOperationException("This cannot be reset in a borrowed shop. Open a shop for this test.");

    private async ValueTask ReturnAsync(Action<Shop> giveBack)
    {
        try
        {
            await ResetAsync();
        }
        catch
        {
            await CloseAsync();
            throw;
        }

        giveBack(this);
    }

    private async Task ResetAsync()
    {
        Fakes.Reset();
        await _circuits.CloseAsync();
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityContext>();
        await db.Database.ExecuteSqlRawAsync(Emptying);
        if (await StampAsync(db) != _adminsStamp)
        {
            throw new InvalidOperationException("This test changes the administrator's account, so it must open a shop.");
        }
    }
}
