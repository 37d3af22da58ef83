namespace Basket.Api.Products;

public sealed partial class FillReplica
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Asked Catalog to tell of all its products")]
    private partial void LogAsked();

    [LoggerMessage(Level = LogLevel.Information, Message = "All products are known")]
    private partial void LogComplete();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer; the products are asked for later")]
    private partial void LogUnreachable(Exception exception);
}
