namespace WebApp.Clients;

/// <summary>One page of orders. <see cref="Count"/> is the number of orders on all pages.</summary>
public sealed record OrderList(int PageIndex, int PageSize, int Count, IReadOnlyList<OrderView> Data)
{
    public const int PageSizeOfPages = 20;
}
