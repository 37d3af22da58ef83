namespace WebApp.Clients;

/// <param name="Key">Lets whoever sends it see and cancel the order.</param>
public sealed record FoundOrder(Guid Id, string Number, string Key);
