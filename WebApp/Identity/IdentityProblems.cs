using Microsoft.AspNetCore.Http.HttpResults;
using WebApp.Identity.Attempts;

namespace WebApp.Identity;

internal static class IdentityProblems
{
    public static ProblemHttpResult WrongPassword() =>
        TypedResults.Problem("The e-mail address or the password is wrong.", statusCode: StatusCodes.Status401Unauthorized);

    /// <summary>The extension <c>missing</c> is for programs, which can then ask for the code.</summary>
    public static ProblemHttpResult CodeMissing() => TypedResults.Problem(
        "This account has a second factor. Send the code that its authenticator app shows, or a recovery code, as \"code\" as well.",
        statusCode: StatusCodes.Status401Unauthorized,
        extensions: new Dictionary<string, object?> { ["missing"] = "code" });

    public static ProblemHttpResult WrongCode() => TypedResults.Problem(
        "The code is wrong, or was used before. Send the code that the app shows now.", statusCode: StatusCodes.Status401Unauthorized);

    public static ProblemHttpResult SecondFactorMissing() => TypedResults.Problem(
        "An administrator needs a second factor, and this account has none. Sign in with a browser and add it at /account/second-factor.",
        statusCode: StatusCodes.Status403Forbidden);

    public static ValidationProblem VoidLink() => TypedResults.ValidationProblem(new Dictionary<string, string[]>
    {
        ["secret"] = ["The link is too old, or was used before. Register again, and a new one is mailed."],
    });

    public static ProblemHttpResult Throttled(TimeSpan wait, HttpResponse response)
    {
        response.SetRetryAfter(wait);
        return TypedResults.Problem(
            $"Too many attempts. Try again in {wait.InWords()}.", statusCode: StatusCodes.Status429TooManyRequests);
    }
}
