namespace WebApp.Tests.Setup;

/// <summary>A request that <see cref="FakeServices"/> received.</summary>
/// <param name="Call">Method and path.</param>
/// <param name="Token">The bearer token; null without one.</param>
/// <param name="ForwardedFor">The address of the visitor whom the request is for.</param>
/// <param name="OrderKey">The key of an order, which replaces being its buyer.</param>
public sealed record FakeCall(
    string Call, string? Token, byte[] Body, string? ForwardedFor, string? OrderKey = null, string? IdempotencyKey = null);
