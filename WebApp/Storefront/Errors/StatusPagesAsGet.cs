using Microsoft.AspNetCore.Diagnostics;

namespace WebApp.Storefront.Errors;

public static class StatusPagesAsGet
{
    /// <summary>
    /// Shows the page of a status also in answer to a form. As a POST, the page would be taken for the target of the form.
    /// </summary>
    public static void UseStatusPagesAsGet(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    });
}
