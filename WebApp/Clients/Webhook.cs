namespace WebApp.Clients;

/// <summary>An address outside the shop that gets order events.</summary>
public sealed record Webhook(Guid Id, string Url, IReadOnlyList<string> EventTypes, bool Active, DateTimeOffset CreatedAt);
