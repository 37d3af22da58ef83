using System.Globalization;

namespace Catalog.Api.Caching;

/// <summary>
/// Counts the changes of the catalog that this process knows of. Cached answers carry the generation in their key: an answer that was
/// read before a change but stored after it lands under the old number and is never served again.
/// </summary>
public sealed class CatalogGeneration
{
    private long _number;

    public string Current => Interlocked.Read(ref _number).ToString(CultureInfo.InvariantCulture);

    public void Next() => Interlocked.Increment(ref _number);
}
