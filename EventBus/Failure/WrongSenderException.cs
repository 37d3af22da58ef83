namespace EventBus.Failure;

/// <summary>A message that none of its permitted senders published.</summary>
internal sealed class WrongSenderException(string type, string? sender, IReadOnlyList<string> permitted)
    : Exception($"{type} was published by {Name(sender)}; only {string.Join(" and ", permitted.Select(Name))} may publish it.")
{
    private static string Name(string? sender) => string.IsNullOrEmpty(sender) ? "an unknown sender" : $"'{sender}'";
}
