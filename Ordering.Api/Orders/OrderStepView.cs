namespace Ordering.Api.Orders;

public sealed record OrderStepView(string Status, DateTimeOffset At, string? Reason);
