using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace ServiceDefaults.Telemetry;

/// <summary>
/// Names the spans of PostgreSQL after their statements: <c>INSERT messaging.inbox</c>, while Npgsql names each after its database. This is
/// a processor because Npgsql's own option must be set on every data source, and a missing one would be seen only in a trace.
/// </summary>
internal sealed class DatabaseSpanNames : BaseProcessor<Activity>
{
    private const string SourceName = "Npgsql";
    private const string QueryText = "db.query.text";
    private const string QuerySummary = "db.query.summary";
    private const string Namespace = "db.namespace";

    // A service has a few hundred statements, with placeholders for values. Further ones, and large batches, are summarized each time.
    private const int MaxTexts = 1000;
    private const int MaxLength = 4096;

    private readonly ConcurrentDictionary<(string Text, string? Database), string> _summaries = new();

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == SourceName && data.GetTagItem(QueryText) is string text)
        {
            var summary = SummaryOf(text, data.GetTagItem(Namespace) as string);
            data.DisplayName = summary;
            data.SetTag(QuerySummary, summary);
        }
    }

    private string SummaryOf(string text, string? database)
    {
        if (text.Length > MaxLength)
        {
            return StatementSummary.Of(text, database);
        }

        var key = (text, database);
        if (!_summaries.TryGetValue(key, out var summary))
        {
            summary = StatementSummary.Of(text, database);
            if (_summaries.Count < MaxTexts)
            {
                _summaries.TryAdd(key, summary);
            }
        }

        return summary;
    }
}
