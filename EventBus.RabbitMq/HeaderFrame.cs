using System.Text;

namespace EventBus.RabbitMq;

/// <summary>
/// Properties and headers of a message are sent in one frame. The broker ends a connection that sends a frame above its limit of 128 KB, so
/// a message whose headers fill the frame could never be moved with the headers that describe its failure.
/// </summary>
internal static class HeaderFrame
{
    private const int Limit = 120 * 1024;
    private const int LongestNumber = 16;

    /// <summary>Removes the largest headers until the rest fits.</summary>
    public static void Trim(Dictionary<string, object?> headers)
    {
        while (headers.Sum(header => SizeOf(header.Key) + SizeOf(header.Value)) > Limit)
        {
            headers.Remove(headers.MaxBy(header => SizeOf(header.Value)).Key);
        }
    }

    private static int SizeOf(object? value) => value switch
    {
        string text => LongestNumber + Encoding.UTF8.GetByteCount(text),
        byte[] bytes => LongestNumber + bytes.Length,
        IDictionary<string, object?> table => LongestNumber + table.Sum(entry => SizeOf(entry.Key) + SizeOf(entry.Value)),
        IEnumerable<object?> list => LongestNumber + list.Sum(SizeOf),
        _ => LongestNumber,
    };
}
