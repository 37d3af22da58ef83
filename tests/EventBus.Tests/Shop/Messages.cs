namespace EventBus.Tests.Shop;

public sealed record PriceChanged(int ProductId, decimal NewPrice, long Version);

public sealed record StockChanged(int ProductId, int Available, long Version);

public sealed record ItemSold(int ProductId, int Sequence);

/// <summary>A message that no service declares.</summary>
public sealed record NeverDeclared(int ProductId);

/// <summary>As large as its text, whose key is the text.</summary>
public sealed record NoteTaken(string Text);

public sealed record ChargeCard(Guid OrderId, decimal Amount);

public sealed record CardCharged(Guid OrderId);
