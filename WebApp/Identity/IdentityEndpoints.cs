using System.ComponentModel.DataAnnotations;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace WebApp.Identity;

/// <summary>
/// Tokens for programs: a script, a mobile app, curl. They set no cookie, so there is nothing for another site to abuse and no
/// anti-forgery token to send.
/// </summary>
public static class IdentityEndpoints
{
    private const string RateLimit = "identity";

    public static IServiceCollection AddIdentityRateLimit(this IServiceCollection services, IConfiguration configuration)
    {
        var perMinute = configuration.GetValue("Identity:RequestsPerMinute", defaultValue: 120);

        return services.AddRateLimiter(limiter => limiter.AddPolicy(RateLimit, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1) })));
    }

    public static IEndpointRouteBuilder MapIdentity(this IEndpointRouteBuilder app)
    {
        var identity = app.MapGroup("/api/identity").WithTags("Identity").RequireRateLimiting(RateLimit).DisableAntiforgery();
        identity.MapPost("/guest", IssueGuestToken);
        identity.MapPost("/register", RegisterAsync);
        identity.MapPost("/token", IssueTokenAsync);
        return app;
    }

    private static Ok<AccessToken> IssueGuestToken(TokenIssuer tokens) => TypedResults.Ok(tokens.Issue(Visitor.Guest(Guid.NewGuid())));

    private static async Task<Results<Created<Account>, ValidationProblem>> RegisterAsync(
        RegisterRequest request, HttpContext context, Accounts accounts, TokenIssuer tokens, CancellationToken cancellationToken)
    {
        if (Faults(request) is { Count: > 0 } faults)
        {
            return TypedResults.ValidationProblem(faults);
        }

        var guest = await ReadGuestAsync(context.Request, tokens);
        var (result, user) = await accounts.OpenAsync(request.Email!, request.Password!, request.Name!, guest, cancellationToken);

        return result.Succeeded
            ? TypedResults.Created((string?)null, new Account(user.Id, user.Email!, user.Name))
            : TypedResults.ValidationProblem(AccountErrors.ByField(result));
    }

    private static async Task<Results<Ok<AccessToken>, ValidationProblem, ProblemHttpResult>> IssueTokenAsync(
        TokenRequest request, HttpContext context, Accounts accounts, TokenIssuer tokens, CancellationToken cancellationToken)
    {
        if (Faults(request) is { Count: > 0 } faults)
        {
            return TypedResults.ValidationProblem(faults);
        }

        var outcome = await accounts.CheckAsync(request.Email!, request.Password!);

        if (outcome.User is null)
        {
            return outcome.IsLockedOut
                ? TypedResults.Problem("Too many wrong passwords. Try again in a few minutes.", statusCode: StatusCodes.Status429TooManyRequests)
                : TypedResults.Problem("The e-mail address or the password is wrong.", statusCode: StatusCodes.Status401Unauthorized);
        }

        var guest = await ReadGuestAsync(context.Request, tokens);
        return TypedResults.Ok(tokens.Issue(await accounts.DescribeAsync(outcome.User, guest, cancellationToken)));
    }

    /// <summary>A caller who shopped as a guest sends that token along, and the basket can be merged.</summary>
    private static async Task<Guid?> ReadGuestAsync(HttpRequest request, TokenIssuer tokens) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? await tokens.ReadGuestAsync(header["Bearer ".Length..].Trim())
            : null;

    internal static Dictionary<string, string[]> Faults(object request)
    {
        List<ValidationResult> results = [];
        Validator.TryValidateObject(request, new ValidationContext(request), results, validateAllProperties: true);

        return results
            .SelectMany(result => result.MemberNames, (result, member) => (Field: char.ToLowerInvariant(member[0]) + member[1..], result.ErrorMessage))
            .GroupBy(fault => fault.Field, fault => fault.ErrorMessage!)
            .ToDictionary(field => field.Key, field => field.ToArray());
    }
}

public sealed record RegisterRequest(
    [property: Required(ErrorMessage = "Enter an e-mail address."), EmailAddress(ErrorMessage = "Enter an e-mail address, like name@example.com."), MaxLength(256), PlainText] string? Email,
    [property: Required(ErrorMessage = "Enter a password."), MaxLength(128, ErrorMessage = "Use at most 128 characters.")] string? Password,
    [property: Required(ErrorMessage = "Enter a name."), MaxLength(ShopUser.NameMaxLength), PlainText] string? Name);

public sealed record TokenRequest(
    [property: Required(ErrorMessage = "Enter an e-mail address."), PlainText] string? Email,
    [property: Required(ErrorMessage = "Enter a password."), MaxLength(128, ErrorMessage = "Use at most 128 characters.")] string? Password);

public sealed record Account(Guid Id, string Email, string Name);
