using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace WebApp.Identity;

/// <summary>
/// Hashes passwords in Unicode's form NFC: keyboards send the same letter in different forms, and a hash knows bytes only. ASCII is the
/// same in every form.
/// </summary>
public sealed class NormalizingPasswordHasher(IOptions<PasswordHasherOptions> options) : PasswordHasher<ShopUser>(options)
{
    public override string HashPassword(ShopUser user, string password) => base.HashPassword(user, password.Normalize());

    public override PasswordVerificationResult VerifyHashedPassword(ShopUser user, string hashedPassword, string providedPassword) =>
        base.VerifyHashedPassword(user, hashedPassword, providedPassword.Normalize());
}
