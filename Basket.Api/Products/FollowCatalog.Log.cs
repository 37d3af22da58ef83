namespace Basket.Api.Products;

public sealed partial class FollowCatalog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The products of Catalog are loaded")]
    private partial void LogComplete();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading the change feed of Catalog failed; retrying")]
    private partial void LogFailed(Exception exception);
}
