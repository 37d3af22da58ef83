using Dashboard.Resources;
using Dashboard.Resources.V1;

namespace Dashboard.Components.Parts;

/// <summary>The first screen's answer: is it all right, and if not, where?</summary>
public static class Verdict
{
    public static (Tone Tone, string Text) Of(IReadOnlyList<Resource> resources)
    {
        var live = resources.Where(resource => resource.Type != "Parameter").ToList();
        if (live.Count == 0)
        {
            return (Tone.Quiet, "");
        }

        var bad = live.Where(resource => ResourceStates.ToneOf(resource) is Tone.Bad or Tone.Warning).ToList();
        if (bad is [var one, ..])
        {
            var reason = ResourceStates.ReasonOf(one) ?? ResourceStates.TextOf(one);
            var others = bad.Count > 1 ? $", and {bad.Count - 1} more" : "";
            return (Tone.Bad, $"{one.DisplayName} needs attention: {reason}{others}");
        }

        var busy = live.Where(resource => ResourceStates.ToneOf(resource) == Tone.Busy).ToList();
        if (busy.Count > 0)
        {
            return (Tone.Busy, $"Starting: {string.Join(", ", busy.Take(4).Select(resource => resource.DisplayName))}{(busy.Count > 4 ? "…" : "")}");
        }

        var quiet = live.Count(resource => ResourceStates.ToneOf(resource) == Tone.Quiet);
        return quiet == 0
            ? (Tone.Good, $"All {live.Count} are running")
            : (Tone.Quiet, $"{live.Count - quiet} running, {quiet} stopped");
    }
}
