namespace Flows.Traces;

/// <summary>
/// Shares one copy of repeated texts (attribute names, routes, service names). The table has a fixed size and a new text replaces the old
/// one in its slot, so memory is bounded and unique values are not kept. For one thread.
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
