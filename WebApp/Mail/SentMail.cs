namespace WebApp.Mail;

/// <summary>A mail that the server has accepted or refused for good; it is not sent again. There is no address and no text in it.</summary>
public sealed class SentMail
{
    /// <summary>The id of the message on the bus.</summary>
    public required Guid MessageId { get; init; }

    /// <summary>What the mail is about: an order or a user.</summary>
    public required Guid About { get; init; }

    /// <summary>The server's reply to a refused mail; null for an accepted one, 0 if there is no usable address to send it to.</summary>
    public int? RefusedWith { get; init; }

    public required DateTimeOffset At { get; init; }
}
