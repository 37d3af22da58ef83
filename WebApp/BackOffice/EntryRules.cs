namespace WebApp.BackOffice;

/// <summary>What administrators may type for prices and stock.</summary>
internal static class EntryRules
{
    // A comma is the decimal separator in most countries of the shop's currency.
    public const string Price = @"\s*[0-9]{1,7}([.,][0-9]{1,2})?\s*";
    public const string PriceFault = "Enter an amount, like 19.90.";

    public const string Stock = @"\s*[0-9]{1,7}\s*";
    public const string StockFault = "Enter a whole number, 0 or more.";
}
