namespace WebApp.Push;

/// <summary>The names of the messages that the hub sends; wwwroot/js/live.js handles them.</summary>
internal static class PushMessages
{
    public const string Price = "price";
    public const string Stock = "stock";
    public const string Order = "order";
}
