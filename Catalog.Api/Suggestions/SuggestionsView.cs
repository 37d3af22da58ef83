namespace Catalog.Api.Suggestions;

/// <summary>Products for a search that is still being typed, the best first.</summary>
/// <param name="CorrectedText">The search that found them, if the words of the text were misspelled; else null.</param>
public sealed record SuggestionsView(string? CorrectedText, IReadOnlyList<SuggestionView> Products);

public sealed record SuggestionView(int Id, string Name, decimal Price, string Currency, bool IsInStock, string PictureVersion);
