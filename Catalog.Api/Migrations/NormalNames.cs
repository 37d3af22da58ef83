namespace Catalog.Api.Migrations;

/// <summary>
/// Brings names that were stored before into the form in which they are searched and stored now. A name that exists in both forms is left,
/// because names of types and brands are unique.
/// </summary>
internal static class NormalNames
{
    public const string Update =
        """
        update product_types t set name = normalize(t.name)
        where t.name is not nfc normalized and not exists (select from product_types o where o.name = normalize(t.name));
        update brands b set name = normalize(b.name)
        where b.name is not nfc normalized and not exists (select from brands o where o.name = normalize(b.name));
        update products set name = normalize(name), keywords = normalize(keywords), description = normalize(description)
        where name is not nfc normalized or keywords is not nfc normalized or description is not nfc normalized;
        """;
}
