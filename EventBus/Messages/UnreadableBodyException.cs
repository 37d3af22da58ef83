using System.Text.Json;

namespace EventBus.Messages;

/// <summary>The body is not JSON, or does not match the type.</summary>
internal sealed class UnreadableBodyException(JsonException fault) : Exception(fault.Message, fault);
