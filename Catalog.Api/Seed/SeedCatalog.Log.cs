namespace Catalog.Api.Seed;

public sealed partial class SeedCatalog
{
    [LoggerMessage(LogLevel.Information, "The catalog is empty; adding {Count} products from {Path}")]
    private partial void LogSeeding(int count, string path);

    [LoggerMessage(LogLevel.Information, "Added {Count} products in {Milliseconds} ms")]
    private partial void LogSeeded(int count, long milliseconds);
}
