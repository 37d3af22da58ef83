using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace WebApp.Identity;

/// <summary>
/// Checks a password, also for an account that does not exist: the answer takes as long, so the time does not show which addresses have
/// one.
/// </summary>
public sealed class PasswordCheck(UserManager<ShopUser> users, IPasswordHasher<ShopUser> hasher, PasswordCheck.Decoy decoy)
{
    public async Task<bool> IsRightAsync(ShopUser? user, string password)
    {
        if (user?.PasswordHash is not null)
        {
            return await users.CheckPasswordAsync(user, password);
        }

        hasher.VerifyHashedPassword(decoy.User, decoy.User.PasswordHash!, password);
        return false;
    }

    /// <summary>An account that is not in the database. Its password is random and hashed at the same cost as all others.</summary>
    public sealed class Decoy
    {
        public Decoy(IOptions<PasswordHasherOptions> options)
        {
            User = new ShopUser { Name = "" };
            User.PasswordHash = new NormalizingPasswordHasher(options).HashPassword(User, $"{Guid.NewGuid()}");
        }

        public ShopUser User { get; }
    }
}
