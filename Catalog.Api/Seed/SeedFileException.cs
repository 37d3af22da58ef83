namespace Catalog.Api.Seed;

/// <summary>The seed file cannot be read. The service does not start.</summary>
public sealed class SeedFileException(string path, IReadOnlyList<string> faults, Exception? inner = null) : Exception(
    $"""
    The products cannot be read from Catalog:SeedFile, which is '{path}':
      {string.Join($"{Environment.NewLine}  ", faults)}
    Give a JSON array of products like
      [ {"{"} "Id": 1, "Type": "Lamps", "Brand": "Oakmoor", "Name": "Reading lamp", "Description": "…", "Price": 49.90 {"}"} ]
    or remove the setting, and the shop's own products are used.
    """, inner);
