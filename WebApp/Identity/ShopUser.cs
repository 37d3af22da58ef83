using Microsoft.AspNetCore.Identity;

namespace WebApp.Identity;

public sealed class ShopUser : IdentityUser<Guid>
{
    public const int NameMaxLength = 100;

    /// <summary>What the shop calls the person; not unique, not used to sign in.</summary>
    public required string Name { get; set; }

    /// <summary>When the account was opened, confirmed or not.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>Counts the changes of name and address, for replicas that may hear of them in another order.</summary>
    public long Version { get; set; }
}
