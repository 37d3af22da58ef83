namespace Flows.DeadLetters;

/// <summary>A service that offers its dead letters over HTTP.</summary>
/// <param name="Name">As the pages show it; no other source has it.</param>
/// <param name="Url">The address of its dead letters, as in <c>http://localhost:5101/api/dead-letters/catalog-api</c>.</param>
public sealed record DeadLetterSource(string Name, Uri Url);
