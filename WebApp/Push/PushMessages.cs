namespace WebApp.Push;

/// <summary>The names of what the hub sends; wwwroot/js/live.js knows them.</summary>
internal static class PushMessages
{
    public const string Price = "price";
    public const string Stock = "stock";
    public const string Order = "order";
}
