namespace WebApp.Identity.SecondFactor;

/// <summary>What the authenticator app and the shop share.</summary>
/// <param name="Secret">In base 32.</param>
public sealed record SecondFactorKey(string Secret, string Email)
{
    private const int GroupLength = 4;

    /// <summary>In groups of four letters, for typing.</summary>
    public string Readable => string.Join(' ', Secret.Chunk(GroupLength).Select(group => new string(group)));

    /// <summary>For apps on this device, and as a QR code for those on another one.</summary>
    public string Link => $"otpauth://totp/Shop:{Uri.EscapeDataString(Email)}?secret={Secret}&issuer=Shop&digits=6";
}
