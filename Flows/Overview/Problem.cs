namespace Flows.Overview;

/// <summary>Something that needs attention, and the page that shows where.</summary>
/// <param name="IsSerious">Whether something was lost, stopped or given up; otherwise it may end by itself.</param>
public sealed record Problem(bool IsSerious, string Text, string? Detail, string Href);
