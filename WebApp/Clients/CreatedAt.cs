namespace WebApp.Clients;

/// <summary>The value of a reply that says where something new is.</summary>
public sealed record CreatedAt(string Path);
