namespace Catalog.Api.Caching;

/// <summary>The query members that an endpoint reads. Only these are part of the key of its cached answers.</summary>
internal sealed record CachedQuery(string[] Members);
