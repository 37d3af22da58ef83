namespace EventBus.Failure;

/// <summary>A message that its owner did not publish.</summary>
internal sealed class WrongSenderException(string type, string? sender, string owner)
    : Exception($"{type} was published by {Name(sender)}; only '{owner}' may publish it.")
{
    private static string Name(string? sender) => string.IsNullOrEmpty(sender) ? "an unknown sender" : $"'{sender}'";
}
