namespace WebApp.Storefront.Elements;

/// <summary>What is wrong with a form that was sent: reasons by field name, and those that belong to no field.</summary>
public sealed class FormErrors
{
    private readonly Dictionary<string, List<string>> _fields = new(StringComparer.OrdinalIgnoreCase);

    public bool Any => _fields.Count > 0;

    public IEnumerable<(string Field, string Reason)> All => _fields.SelectMany(pair => pair.Value, (pair, reason) => (pair.Key, reason));

    public string? this[string field] => _fields.TryGetValue(field, out var reasons) ? string.Join(' ', reasons) : null;

    public void Add(string field, string reason)
    {
        if (!_fields.TryGetValue(field, out var reasons))
        {
            _fields[field] = reasons = [];
        }

        if (!reasons.Contains(reason))
        {
            reasons.Add(reason);
        }
    }

    public void Require(string field, string? value, string reason)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(field, reason);
        }
    }

    /// <param name="names">The form's name of a service's field; a field the form does not have belongs to the form as a whole.</param>
    public void AddRange(IReadOnlyDictionary<string, string[]> errors, Func<string, string?> names)
    {
        foreach (var (field, reasons) in errors)
        {
            foreach (var reason in reasons)
            {
                Add(names(field) ?? "", reason);
            }
        }
    }
}
