using Microsoft.AspNetCore.Http.HttpResults;

namespace WebApp.Identity;

internal static class IdentityProblems
{
    public static ProblemHttpResult WrongPassword() =>
        TypedResults.Problem("The e-mail address or the password is wrong.", statusCode: StatusCodes.Status401Unauthorized);

    public static ProblemHttpResult Locked() =>
        TypedResults.Problem("Too many wrong passwords. Try again in a few minutes.", statusCode: StatusCodes.Status429TooManyRequests);
}
