using Microsoft.AspNetCore.Http.HttpResults;
using WebApp.Identity.Tokens;

namespace WebApp.Identity;

/// <summary>Makes a new guest, who can buy without an account.</summary>
public static class IssueGuestToken
{
    public static Ok<AccessToken> Handle(TokenIssuer tokens) => TypedResults.Ok(tokens.Issue(Visitor.Guest(Guid.NewGuid())));
}
