namespace ServiceDefaults;

/// <summary>Names of authorization policies. Without one, any valid token will do.</summary>
public static class Policies
{
    public const string Admin = "admin";
}
