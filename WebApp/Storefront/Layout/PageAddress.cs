using Microsoft.AspNetCore.Diagnostics;

namespace WebApp.Storefront.Layout;

/// <summary>The address of the page as the browser has it, also when another page stands in for it, as for one that does not exist.</summary>
public sealed class PageAddress(IHttpContextAccessor accessor)
{
    public string Path
    {
        get
        {
            var context = accessor.HttpContext!;
            return context.Features.Get<IStatusCodeReExecuteFeature>() is { } original
                ? $"{original.OriginalPathBase}{original.OriginalPath}{original.OriginalQueryString}"
                : $"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString}";
        }
    }
}
