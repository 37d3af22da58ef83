using Microsoft.AspNetCore.StaticAssets;

namespace WebApp.Identity.Sessions;

/// <summary>
/// Metadata of an endpoint that is the same for every visitor. The sign-in cookie is ignored there, which saves a query per picture.
/// </summary>
public sealed class IgnoresVisitor
{
    public static bool IsSetOn(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<IgnoresVisitor>() is not null || endpoint?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
}
