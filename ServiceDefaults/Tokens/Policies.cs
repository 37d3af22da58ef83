namespace ServiceDefaults.Tokens;

/// <summary>Names of authorization policies. An endpoint without one accepts any valid token.</summary>
public static class Policies
{
    public const string Admin = "admin";

    /// <summary>Also for a tool with a token whose only role is <see cref="Roles.DeadLetters"/>.</summary>
    public const string DeadLetters = "dead-letters";
}
