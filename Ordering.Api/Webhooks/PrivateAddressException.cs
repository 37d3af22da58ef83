namespace Ordering.Api.Webhooks;

/// <summary>The subscriber's host resolves to addresses that webhooks must not call.</summary>
public sealed class PrivateAddressException(string host) : Exception($"{host} is not an address of the internet.");
