using EventBus.DeadLetters;
using EventBus.Transport;

namespace ServiceDefaults.Messaging.DeadLetters;

internal static class DeadLetterExamples
{
    private static readonly DateTimeOffset PlacedAt = new(2026, 11, 28, 9, 30, 0, TimeSpan.Zero);

    private static readonly DeadLetterView Letter = new(
        Id: "5b1f0a6f3c118a577b4e9d0b",
        Group: "0c3e5d7a91b2f4680d1e2f3a",
        Queue: "catalog-api",
        MessageId: Guid.Parse("01990000-0000-7000-8000-000000000002"),
        Type: "ordering.order-placed",
        Key: "01990000-0000-7000-8000-000000000001",
        ConversationId: "01990000-0000-7000-8000-000000000001",
        TraceId: "4bf92f3577b34da6a3ce929d0e0e4736",
        Reason: DeadLetterReasons.Failed,
        ExceptionType: "System.TimeoutException",
        ExceptionMessage: "The operation has timed out.",
        Frame: "Catalog.Api.Stock.ReserveStock.HandleAsync",
        Attempts: 5,
        CreatedAt: PlacedAt,
        FirstFailedAt: PlacedAt.AddSeconds(1),
        FailedAt: PlacedAt.AddMinutes(36),
        ReplayedAt: null,
        ReplayOf: null);

    public static readonly CountDeadLetters.Counts Counts = new([new DeadLetterCount(Letter.Queue, 1)]);

    public static readonly ListDeadLetters.Page Page = new(1, [Letter]);

    public static readonly DeadLetterContentView Content = new(
        Letter,
        "System.TimeoutException: The operation has timed out.\n   at Catalog.Api.Stock.ReserveStock.HandleAsync(…)",
        new Dictionary<string, string?> { [HeaderNames.Reason] = DeadLetterReasons.Failed, [HeaderNames.OriginQueue] = Letter.Queue },
        """{"orderId":"01990000-0000-7000-8000-000000000001"}""");

    public static readonly DeadLetterReport Report = new([Letter.Id], Remaining: 0);
}
