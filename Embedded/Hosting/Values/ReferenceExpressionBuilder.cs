using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Builds a <see cref="ReferenceExpression"/> piece by piece.</summary>
public class ReferenceExpressionBuilder
{
    private readonly StringBuilder _format;
    private readonly List<IValueProvider> _values = [];
    private readonly List<string> _expressions = [];
    private readonly List<string?> _formats = [];

    /// <summary>Starts with the empty text.</summary>
    public ReferenceExpressionBuilder()
        : this(16)
    {
    }

    internal ReferenceExpressionBuilder(int capacity) => _format = new StringBuilder(capacity);

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => _format.Length == 0;

    /// <summary>Adds an interpolated string.</summary>
#pragma warning disable CA1822 // The handler belongs to this instance.
    public void Append([InterpolatedStringHandlerArgument("")] in ReferenceExpressionBuilderInterpolatedStringHandler handler)
    {
        // The handler has written into this builder already.
    }
#pragma warning restore CA1822

    /// <summary>Adds text.</summary>
    public void AppendLiteral(string value) =>
        _format.Append(value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));

    /// <summary>Adds text.</summary>
    public void AppendFormatted(string? value) => AppendFormatted(value, format: null);

    /// <summary>Adds text in a format.</summary>
    public void AppendFormatted(string? value, string? format = null)
    {
        if (value is not null)
        {
            AppendLiteral(format is null ? value : ReferenceExpression.Apply(format, value));
        }
    }

    /// <summary>Adds a value.</summary>
    public void AppendFormatted<T>(T valueProvider)
        where T : IValueProvider, IManifestExpressionProvider => AppendFormatted(valueProvider, format: null);

    /// <summary>Adds a value in a format; <c>uri</c> escapes it.</summary>
    public void AppendFormatted<T>(T valueProvider, string? format)
        where T : IValueProvider, IManifestExpressionProvider
    {
        // A plain expression is dissolved into its parts, so that the manifest names them and not a nested text.
        if (valueProvider is ReferenceExpression { IsConditional: false } inner && format is null)
        {
            AppendParts(inner);
            return;
        }

        _format.Append(CultureInfo.InvariantCulture, $"{{{_values.Count}}}");
        _values.Add(valueProvider);
        _formats.Add(format);
        _expressions.Add(format is "uri" && valueProvider is IResource resource
            ? $"{{{resource.Name}-uri-encoded.value}}"
            : valueProvider.ValueExpression);
    }

    /// <summary>The text that was built.</summary>
    public ReferenceExpression Build() => new(_format.ToString(), [.. _values], [.. _expressions], [.. _formats]);

    private void AppendParts(ReferenceExpression inner)
    {
        AppendRenumbered(inner.Format, _values.Count);
        _values.AddRange(inner.ValueProviders);
        _expressions.AddRange(inner.ManifestExpressions);
        _formats.AddRange(inner.StringFormats);
    }

    // "{{{0}}}" is a brace, the first value and a brace.
    private void AppendRenumbered(string format, int first)
    {
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] is '{' or '}' && at + 1 < format.Length && format[at + 1] == format[at])
            {
                _format.Append(format, at++, 2);
            }
            else if (format[at] == '{')
            {
                var end = format.IndexOf('}', at);
                _format.Append(CultureInfo.InvariantCulture, $"{{{first + int.Parse(format.AsSpan(at + 1, end - at - 1), CultureInfo.InvariantCulture)}}}");
                at = end;
            }
            else
            {
                _format.Append(format[at]);
            }
        }
    }

    /// <summary>Turns <c>$"…"</c> into pieces; used by the compiler.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct ReferenceExpressionBuilderInterpolatedStringHandler
    {
        private readonly ReferenceExpressionBuilder _builder;

        /// <summary>Called by the compiler.</summary>
        public ReferenceExpressionBuilderInterpolatedStringHandler(int literalLength, int formattedCount, ReferenceExpressionBuilder builder)
        {
            builder._format.EnsureCapacity(builder._format.Length + literalLength + formattedCount);
            _builder = builder;
        }

        /// <summary>Adds text.</summary>
        public void AppendLiteral(string value) => _builder.AppendLiteral(value);

        /// <summary>Adds text.</summary>
        public void AppendFormatted(string? value) => _builder.AppendFormatted(value);

        /// <summary>Adds a value.</summary>
        public void AppendFormatted<T>(T valueProvider)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider);

        /// <summary>Adds a value in a format.</summary>
        public void AppendFormatted<T>(T valueProvider, string? format)
            where T : IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider, format);

        /// <summary>Adds the value of a resource.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider.Resource);

        /// <summary>Adds the value of a resource in a format.</summary>
        public void AppendFormatted<T>(IResourceBuilder<T> valueProvider, string? format)
            where T : IResource, IValueProvider, IManifestExpressionProvider => _builder.AppendFormatted(valueProvider.Resource, format);
    }
}
