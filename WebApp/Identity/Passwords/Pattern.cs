namespace WebApp.Identity.Passwords;

/// <summary>What a part of a password is, and how programs guess it.</summary>
internal enum Pattern
{
    /// <summary>Anything; every character must be guessed.</summary>
    Other,

    /// <summary>A leaked password or a common word.</summary>
    Common,

    /// <summary>The person's name or address, or the name of the shop.</summary>
    Personal,

    /// <summary>The same as just before.</summary>
    Repeat,

    /// <summary>Neighbours in the alphabet, among the digits or on a keyboard.</summary>
    Row,

    /// <summary>A year.</summary>
    Year,
}
