using Microsoft.AspNetCore.Http.HttpResults;
using WebApp.Identity.Attempts;

namespace WebApp.Identity;

internal static class IdentityProblems
{
    public static ProblemHttpResult WrongPassword() =>
        TypedResults.Problem("The e-mail address or the password is wrong.", statusCode: StatusCodes.Status401Unauthorized);

    public static ProblemHttpResult Throttled(TimeSpan wait, HttpResponse response)
    {
        response.SetRetryAfter(wait);
        return TypedResults.Problem(
            $"Too many attempts. Try again in {wait.InWords()}.", statusCode: StatusCodes.Status429TooManyRequests);
    }
}
