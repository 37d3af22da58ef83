using Microsoft.AspNetCore.Authorization;

namespace WebApp.Identity.Sessions;

public static class CheckedSessions
{
    /// <summary>
    /// Answers as in an outage where a visitor must have signed in, while nobody knows whether their session has ended. Belongs between
    /// authentication and authorization.
    /// </summary>
    public static void UseCheckedSessions(this IApplicationBuilder app) => app.Use((context, next) =>
        context.User.IsUnchecked() && context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is not null
            ? throw new SessionUncheckedException()
            : next(context));
}
