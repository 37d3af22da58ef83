using System.Text.Json.Serialization;

namespace WebApp.Identity.Tokens;

/// <summary>The response of <c>POST /api/identity/token</c> and <c>/guest</c>.</summary>
/// <param name="ExpiresIn">In seconds.</param>
public sealed record AccessToken([property: JsonPropertyName("accessToken")] string Value, string TokenType, int ExpiresIn);
