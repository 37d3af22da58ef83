using Microsoft.Extensions.Options;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace WebApp.Identity.OAuth;

/// <summary>
/// Writes the shop's public address into the discovery document. By default, its addresses begin with the header <c>Host</c> of the
/// request, which the client chose.
/// </summary>
internal sealed class PublicAddresses(IOptions<ShopOptions> shop) : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        context.AuthorizationEndpoint = Public(context.AuthorizationEndpoint);
        context.TokenEndpoint = Public(context.TokenEndpoint);
        context.RevocationEndpoint = Public(context.RevocationEndpoint);
        context.JsonWebKeySetEndpoint = Public(context.JsonWebKeySetEndpoint);
        return default;
    }

    private Uri? Public(Uri? address) => address is null ? null : new Uri(shop.Value.LinkTo(address.AbsolutePath));
}
