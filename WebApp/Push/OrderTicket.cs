using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace WebApp.Push;

/// <summary>
/// Lets the page of an order follow it. The page is rendered for the order's owner only. The ticket proves that to the hub, whose
/// connection may be older than the cookie that makes the visitor the owner.
/// </summary>
public sealed class OrderTicket(IDataProtectionProvider dataProtection)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector = dataProtection.CreateProtector("order-ticket").ToTimeLimitedDataProtector();

    public string Issue(Guid orderId) => _protector.Protect(orderId.ToString(), Lifetime);

    public bool IsFor(Guid orderId, string ticket)
    {
        try
        {
            return Guid.TryParse(_protector.Unprotect(ticket), out var id) && id == orderId;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
