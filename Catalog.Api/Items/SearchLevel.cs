namespace Catalog.Api.Items;

/// <summary>Where the words of a search are looked for. The first level that finds anything answers.</summary>
public enum SearchLevel
{
    /// <summary>Each word is the beginning of a word in name, type or brand, as clients of the v2 contract expect of <c>name</c>.</summary>
    Words,

    /// <summary>Each word, in any grammatical form, is anywhere, descriptions included.</summary>
    Text,
}
