namespace WebApp.Clients;

public sealed record OrderStep(OrderStatus Status, DateTimeOffset At, string? Reason);
