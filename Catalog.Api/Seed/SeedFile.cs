using System.Text.Json;
using Catalog.Api.Items;
using ServiceDefaults.Text;

namespace Catalog.Api.Seed;

/// <summary>Reads the products that fill an empty database. Reports every fault of the file with its position.</summary>
internal static class SeedFile
{
    private const int MaxFaults = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <exception cref="SeedFileException">The file is missing, is not valid JSON, or has invalid products.</exception>
    public static async Task<IReadOnlyList<SeedProduct>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SeedFileException(path, [exception.Message], exception);
        }

        var (products, faults) = Parse(bytes);
        return faults.Count == 0 ? products : throw new SeedFileException(path, [.. faults.Take(MaxFaults)]);
    }

    private static (List<SeedProduct> Products, List<string> Faults) Parse(ReadOnlySpan<byte> bytes)
    {
        var text = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var products = new List<SeedProduct>();
        var faults = new List<string>();
        var lineOfId = new Dictionary<int, int>();
        var reader = new Utf8JsonReader(
            text, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                return (products, ["line 1: the file must be an array: [ { \"Id\": 1, … }, … ]"]);
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var (line, position) = PositionOf(text, reader.TokenStartIndex);
                var element = ElementAt(ref reader, text);
                SeedProduct? product;
                try
                {
                    product = JsonSerializer.Deserialize<SeedProduct>(element, Json);
                }
                catch (JsonException exception)
                {
                    // Its position counts from the start of the element.
                    var inLine = (int)(exception.LineNumber ?? 0);
                    var column = (exception.BytePositionInLine ?? 0) + (inLine == 0 ? position : 1);
                    faults.Add($"line {line + inLine}, position {column}: {Describe(exception)}");
                    continue;
                }

                if (product is null)
                {
                    faults.Add($"line {line}, position {position}: null is not a product");
                    continue;
                }

                faults.AddRange(FaultsOf(product).Select(fault => $"line {line}, position {position}: {fault}"));
                if (!lineOfId.TryAdd(product.Id, line))
                {
                    faults.Add($"line {line}, position {position}: Id {product.Id} is already used in line {lineOfId[product.Id]}");
                }

                products.Add(product);
            }
        }
        catch (JsonException exception)
        {
            var position = $"line {exception.LineNumber + 1}, position {exception.BytePositionInLine + 1}";
            faults.Add($"{position}: this is not JSON ({FirstSentence(exception.Message)})");
        }

        if (products.Count == 0 && faults.Count == 0)
        {
            faults.Add("line 1: the array is empty; a shop needs at least one product");
        }

        return (products, faults);
    }

    private static ReadOnlySpan<byte> ElementAt(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return text[start..(int)reader.BytesConsumed];
    }

    private static IEnumerable<string> FaultsOf(SeedProduct product)
    {
        if (product.Id is < 1 or > ProductIds.Highest)
        {
            yield return $"Id must be between 1 and {ProductIds.Highest}; it is {product.Id}";
        }

        foreach (var (member, value) in new[]
        {
            (nameof(product.Name), product.Name), (nameof(product.Type), product.Type), (nameof(product.Brand), product.Brand),
        })
        {
            if (string.IsNullOrWhiteSpace(value) || value.Length > ItemRules.NameLength)
            {
                var shown = value is null ? "missing" : $"'{value}'";
            yield return $"{member} must have 1 to {ItemRules.NameLength} characters; it is {shown}";
            }
            else if (PlainText.FaultOf(value) is { } fault)
            {
                yield return $"{member}: {fault}";
            }
        }

        if (PlainText.FaultOf(product.Description, multiline: true) is { } reason)
        {
            yield return $"Description: {reason}";
        }

        if (product.Description is { Length: > ItemRules.DescriptionLength } description)
        {
            yield return $"Description may have {ItemRules.DescriptionLength} characters; it has {description.Length}";
        }

        if (product.Price is <= 0 or > ItemRules.HighestPrice || decimal.Round(product.Price, 2) != product.Price)
        {
            yield return FormattableString.Invariant(
                $"Price must be more than 0, at most {ItemRules.HighestPrice}, with at most two decimals; it is {product.Price}");
        }

        if (product.Stock is < 0 or > ItemRules.HighestStock)
        {
            yield return $"Stock must be between 0 and {ItemRules.HighestStock}; it is {product.Stock}";
        }
    }

    private static (int Line, int Position) PositionOf(ReadOnlySpan<byte> text, long index)
    {
        var before = text[..(int)index];
        return (before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
    }

    // A path is like $.Price; $ alone is the product itself.
    private static string Describe(JsonException exception) => exception.Path is ['$', '.', .. var member]
        ? $"{member} cannot be read: {FirstSentence(exception.Message)}"
        : $"this is not a product: {FirstSentence(exception.Message)}";

    // What follows repeats path and position, in other units.
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        end = end < 0 ? message.IndexOf(" LineNumber: ", StringComparison.Ordinal) : end;
        return end < 0 ? message : message[..end];
    }
}
