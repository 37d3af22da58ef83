using System.Globalization;

namespace Aspire.Hosting.Publishing;

/// <summary>What the manifest has referred to so far: all of it must be in the manifest too.</summary>
internal sealed class ManifestReferences
{
    private readonly Dictionary<string, IResource> _resources = [];
    private readonly Dictionary<string, (ParameterResource Parameter, string Format)> _encoded = [];
    private readonly Dictionary<string, ReferenceExpression> _conditionals = [];

    public IReadOnlyList<IResource> Resources => [.. _resources.Values];

    /// <summary>Parameters that are referred to in an encoded form which is not written yet.</summary>
    public IReadOnlyList<ParameterResource> EncodedParameters => [.. _encoded.Values.Select(encoded => encoded.Parameter).Distinct()];

    /// <summary>Texts that depend on a condition, by their names.</summary>
    public IReadOnlyDictionary<string, ReferenceExpression> Conditionals => _conditionals;

    /// <summary>The names and formats of a parameter's encoded forms; each is handed out once.</summary>
    public IReadOnlyList<(string Name, string Format)> TakeEncodedFormsOf(ParameterResource parameter)
    {
        var taken = _encoded.Where(encoded => encoded.Value.Parameter == parameter).Select(encoded => (encoded.Key, encoded.Value.Format)).ToArray();
        foreach (var (name, _) in taken)
        {
            _encoded.Remove(name);
        }

        return taken;
    }

    /// <summary>A value as the manifest writes it; what it refers to is remembered.</summary>
    public string ExpressionOf(object value)
    {
        Note(value);
        return value switch
        {
            string text => text,
            IManifestExpressionProvider provider => provider.ValueExpression,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
    }

    private void Note(object? value)
    {
        if (value is ReferenceExpression expression)
        {
            NoteParts(expression);
        }

        if (value is IResource resource)
        {
            _resources.TryAdd(resource.Name, resource);
        }
        else if (value is IValueWithReferences made)
        {
            foreach (var part in made.References)
            {
                Note(part);
            }
        }
    }

    private void NoteParts(ReferenceExpression expression)
    {
        if (expression.IsConditional)
        {
            _conditionals.TryAdd(expression.ConditionalName, expression);
        }

        foreach (var (provider, format) in expression.ValueProviders.Zip(expression.StringFormats))
        {
            if (provider is ParameterResource parameter && format is not null)
            {
                _encoded.TryAdd($"{parameter.Name}-{format}-encoded", (parameter, format));
            }
        }
    }
}
