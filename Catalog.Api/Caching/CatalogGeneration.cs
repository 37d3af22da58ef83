using System.Globalization;

namespace Catalog.Api.Caching;

/// <summary>
/// Counts the changes of the catalog that this process knows. The count is part of each cache key: an answer that was read before a change
/// and stored after it has the old number and is never served.
/// </summary>
public sealed class CatalogGeneration
{
    private long _number;

    public string Current => Interlocked.Read(ref _number).ToString(CultureInfo.InvariantCulture);

    public void Next() => Interlocked.Increment(ref _number);
}
