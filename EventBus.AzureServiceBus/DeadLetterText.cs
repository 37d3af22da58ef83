namespace EventBus.AzureServiceBus;

/// <summary>The description of a dead letter.</summary>
internal static class DeadLetterText
{
    /// <summary>The most characters that Service Bus takes.</summary>
    private const int Longest = 4096;

    public static string? Cut(string? description) => description is { Length: > Longest } ? description[..Longest] : description;
}
