namespace WebApp.Storefront.Layout;

/// <param name="Undo">Brings a removed basket line back.</param>
public sealed record FlashMessage(string Text, bool IsProblem = false, FlashLink? Link = null, BasketUndo? Undo = null);

public sealed record FlashLink(string Text, string Path);

public sealed record BasketUndo(int ProductId, int Quantity);
