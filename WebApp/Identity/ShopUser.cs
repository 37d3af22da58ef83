using Microsoft.AspNetCore.Identity;

namespace WebApp.Identity;

public sealed class ShopUser : IdentityUser<Guid>
{
    public const int NameMaxLength = 100;

    /// <summary>What the shop calls the person; not unique, not used to sign in.</summary>
    public required string Name { get; set; }
}
