using Microsoft.AspNetCore.Diagnostics;

namespace WebApp.Storefront.Layout;

/// <summary>The address in the browser, also when an error page is rendered in place of the page.</summary>
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
