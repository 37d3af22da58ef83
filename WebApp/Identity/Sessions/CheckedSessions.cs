using Microsoft.AspNetCore.Authorization;

namespace WebApp.Identity.Sessions;

public static class CheckedSessions
{
    /// <summary>
    /// While a session cannot be checked, pages that require a sign-in are answered as in an outage. Must run between authentication and
    /// authorization.
    /// </summary>
    public static void UseCheckedSessions(this IApplicationBuilder app) => app.Use((context, next) =>
        context.User.IsUnchecked() && context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null
            ? throw new SessionUncheckedException()
            : next(context));
}
