using Microsoft.Extensions.Options;

namespace WebApp;

/// <summary>Stops the start of a shop that does not know its own address.</summary>
public sealed class ShopOptionsValidator : IValidateOptions<ShopOptions>
{
    public ValidateOptionsResult Validate(string? name, ShopOptions options) => IsAddress(options.PublicUrl)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"Shop:PublicUrl is '{options.PublicUrl}'. Set it (environment variable Shop__PublicUrl) to the address at which visitors open "
            + "the shop, such as https://shop.example.com: links in mails begin with it. AppHost sets it when it runs the shop.");

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address is { PathAndQuery: "/", UserInfo: "", Fragment: "" };
}
