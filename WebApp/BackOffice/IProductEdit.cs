using WebApp.Clients;
using WebApp.Storefront.Elements;

namespace WebApp.BackOffice;

/// <summary>A form that changes a product: the whole product, or its price and stock in the list.</summary>
public interface IProductEdit
{
    /// <summary>
    /// The change to send. Null if somebody else changed a field that is changed here, too: the errors name it, and saving the form again
    /// replaces what the other one saved.
    /// </summary>
    ItemChange? MergeInto(CatalogItem item, FormErrors errors);
}
