namespace Security.Authorization;

/// <summary>What each role gets from an endpoint: <c>yes</c>, or how it is refused.</summary>
internal sealed record EndpointRow(string App, string Method, string Pattern, IReadOnlyList<string> Cells)
{
    public override string ToString() => $"| {App} | `{Method} {Pattern}` | {string.Join(" | ", Cells)} |";
}
