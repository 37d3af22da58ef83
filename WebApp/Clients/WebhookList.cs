namespace WebApp.Clients;

public sealed record WebhookList(int PageIndex, int PageSize, int Count, IReadOnlyList<Webhook> Data)
{
    public const int PageSizeOfPages = 20;
}
