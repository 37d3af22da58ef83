namespace ServiceDefaults.Tokens;

/// <summary>Names of authorization policies. An endpoint without one accepts any valid token.</summary>
public static class Policies
{
    public const string Admin = "admin";
}
