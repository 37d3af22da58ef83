namespace WebApp.Clients;

/// <summary>The value of a successful reply without content.</summary>
public sealed record Done
{
    public static readonly Done Value = new();
}
