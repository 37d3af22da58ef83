namespace ServiceDefaults.Tokens;

/// <summary>Values of the claim <c>role</c>.</summary>
public static class Roles
{
    public const string Admin = "admin";

    /// <summary>A tool that shows, replays and discards dead letters. Its token is good for nothing else.</summary>
    public const string DeadLetters = "dead-letters";
}
