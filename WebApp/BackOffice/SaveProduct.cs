using WebApp.Clients;
using WebApp.Identity;
using WebApp.Storefront.Elements;

namespace WebApp.BackOffice;

/// <summary>Saves a form over the product as it is now. Orders change the stock all the time, so a lost race is tried again.</summary>
public sealed class SaveProduct(CatalogClient catalog, CurrentVisitor current)
{
    private const int MaxAttempts = 5;
    private const string Down = "It could not be saved: the catalog does not respond right now. Save it again in a moment.";

    /// <summary>The product as it was before the change, or null and errors.</summary>
    public async Task<CatalogItem?> SaveAsync(int id, IProductEdit form, FormErrors errors, CancellationToken cancellationToken)
    {
        errors.Validate(form);
        if (errors.Any)
        {
            return null;
        }

        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var found = await catalog.FindAsync(id, cancellationToken);
            if (found.Value is not { } item)
            {
                errors.Add("", found.IsNotFound ? "This product is no longer sold, so it cannot be changed." : Down);
                return null;
            }

            if (form.MergeInto(item, errors) is not { } change)
            {
                return null;
            }

            var saved = await catalog.ReviseAsync(current.Find()!, change, item.Version, cancellationToken);
            if (saved.IsSuccess)
            {
                return item;
            }

            if (!saved.IsChanged)
            {
                AddRefusal(saved, errors);
                return null;
            }
        }

        errors.Add("", "It was changed at the same moment. Save it again.");
        return null;
    }

    /// <summary>Adds the reasons of the catalog to the fields of the form.</summary>
    public static void AddRefusal<T>(Reply<T> reply, FormErrors errors)
    {
        errors.AddRange(reply.Errors, field => field.ToUpperInvariant() switch
        {
            "NAME" => "Form.Name",
            "DESCRIPTION" => "Form.Description",
            "CATALOGTYPEID" => "Form.Type",
            "CATALOGBRANDID" => "Form.Brand",
            "PRICE" => "Form.Price",
            "AVAILABLESTOCK" => "Form.Stock",
            _ => null,
        });

        if (reply.Errors.Count == 0)
        {
            errors.Add("", reply.IsUnavailable ? Down : reply.Reason);
        }
    }
}
