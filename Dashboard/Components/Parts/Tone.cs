namespace Dashboard.Components.Parts;

/// <summary>What a state means to somebody who wants to know whether all is right.</summary>
public enum Tone
{
    Good,
    Busy,
    Warning,
    Bad,
    Quiet,
}
