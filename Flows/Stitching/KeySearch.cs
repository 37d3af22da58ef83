namespace Flows.Stitching;

/// <summary>
/// How a search finds ids and business keys: whole, or by their first characters. The product 3 would otherwise be in almost every id.
/// </summary>
public static class KeySearch
{
    private const int ShortestPrefix = 4;

    public static bool Finds(string text, string? key) => key is not null
        && (text.Length < ShortestPrefix
            ? key.Equals(text, StringComparison.OrdinalIgnoreCase)
            : key.StartsWith(text, StringComparison.OrdinalIgnoreCase));
}
