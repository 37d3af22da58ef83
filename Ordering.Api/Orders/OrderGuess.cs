namespace Ordering.Api.Orders;

/// <summary>
/// What <see cref="OrderGuesses"/> counted for one key. A row whose time has passed means no guesses and can be deleted.
/// </summary>
public sealed class OrderGuess
{
    /// <summary>A hash: the table has no addresses that somebody typed.</summary>
    public required byte[] Key { get; init; }

    /// <summary>When all counted guesses are forgotten; each guess moves it by the pause of its limit.</summary>
    public DateTimeOffset FreeAt { get; init; }
}
