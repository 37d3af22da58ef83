namespace WebApp.BackOffice.Audit;

/// <summary>The words of the back office for the actions in the audit log.</summary>
internal static class ActionText
{
    public static readonly IReadOnlyList<(string Action, string Text)> All =
    [
        ("product.created", "Added a product"),
        ("product.changed", "Changed a product"),
        ("product.price-changed", "Changed a price"),
        ("product.stock-changed", "Set the stock"),
        ("product.picture-changed", "Changed a picture"),
        ("product.discontinued", "Stopped selling"),
        ("order.shipped", "Shipped an order"),
        ("order.cancelled", "Cancelled an order"),
        ("order.refunded", "Refunded an order"),
        ("webhook.created", "Added a webhook"),
        ("webhook.changed", "Changed a webhook"),
        ("webhook.deleted", "Deleted a webhook"),
        ("webhook.resent", "Sent a webhook again"),
        ("account.role-given", "Gave a role"),
        ("account.second-factor-removed", "Removed a second factor"),
        ("mailbox.emptied", "Emptied the mailbox"),
    ];

    /// <summary>The action itself if a service has one that this page does not know.</summary>
    public static string Of(string action) => All.FirstOrDefault(known => known.Action == action).Text ?? action;

    /// <summary>What was changed, in words.</summary>
    public static string SubjectOf(AdminAction row, AdminActions.Page page) => row switch
    {
        { SubjectKind: "product" } => $"{row.SubjectName ?? "Product"} (No. {row.SubjectId})",
        { SubjectKind: "mailbox" } => "Mailbox",
        { AccountId: { } account } => page.NameOf(account),
        _ => row.SubjectName ?? row.SubjectId,
    };

    /// <summary>The page of the thing in the back office; null without one, and for what was removed later.</summary>
    public static string? LinkOf(AdminAction row, AdminActions.Page page) => row.SubjectKind switch
    {
        _ when page.Removed.Contains(row.SubjectId) => null,
        "product" => $"/admin/products/{row.SubjectId}",
        "order" => $"/admin/orders/{row.SubjectId}",
        "webhook" => $"/admin/webhooks/{row.SubjectId}",
        "mailbox" => "/admin/mailbox",
        _ => null,
    };
}
