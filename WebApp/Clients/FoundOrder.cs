namespace WebApp.Clients;

/// <param name="Key">A request with it may see and cancel the order.</param>
public sealed record FoundOrder(Guid Id, string Number, string Key);
