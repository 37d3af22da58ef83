namespace Catalog.Api.Seed;

/// <summary>The products to start with cannot be read. Ends the start of the service.</summary>
public sealed class SeedFileException(string path, IReadOnlyList<string> faults, Exception? inner = null) : Exception(
    $"""
    Catalog:SeedFile is '{path}', which products cannot be read from:
      {string.Join($"{Environment.NewLine}  ", faults)}
    Give a JSON array of products like
      [ {"{"} "Id": 1, "Type": "Lamps", "Brand": "Oakmoor", "Name": "Reading lamp", "Description": "…", "Price": 49.90 {"}"} ]
    or remove the setting to start with the shop's own products.
    """, inner);
