namespace Flows.Pages.Parts;

/// <summary>How good or bad a state is; it determines the color.</summary>
public enum Tone
{
    Good,
    Busy,
    Warning,
    Bad,
    Quiet,
}
