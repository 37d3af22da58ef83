using Flows.Stitching;

namespace Flows.Overview;

/// <summary>Counts of messages in equal periods, oldest first, for a small chart.</summary>
public static class Activity
{
    public const int Periods = 30;
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    public static TimeSpan Window => Period * Periods;

    public static int[] Count(IEnumerable<SentMessage> messages, DateTimeOffset now)
    {
        var counts = new int[Periods];
        foreach (var sent in messages)
        {
            var age = (now - sent.At) / Period;
            if (age is >= 0 and < Periods)
            {
                counts[Periods - 1 - (int)age]++;
            }
        }

        return counts;
    }
}
