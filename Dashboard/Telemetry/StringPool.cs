namespace Dashboard.Telemetry;

/// <summary>
/// Keeps one copy of texts that come again and again (attribute names, routes, service names). A fixed table in which a new text takes
/// the place of the old one: memory is bounded and unique values pass through. For one thread.
/// </summary>
public sealed class StringPool
{
    private const int LongestKept = 96;
    private readonly string[] _slots = new string[8192];

    /// <summary>A text that may be kept once for all that hold it.</summary>
    public static bool IsShared(string text) => text.Length <= LongestKept;

    public string Intern(string text)
    {
        if (text.Length is 0 or > LongestKept)
        {
            return text;
        }

        ref var slot = ref _slots[(uint)string.GetHashCode(text) % (uint)_slots.Length];
        if (slot == text)
        {
            return slot;
        }

        slot = text;
        return text;
    }
}
