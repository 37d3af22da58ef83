using System.ComponentModel.DataAnnotations;

namespace WebApp.Storefront.Elements;

/// <summary>The faults of a form that was sent: reasons by field name, and under "" those of the form as a whole.</summary>
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

    /// <summary>Adds what the validation attributes of the form's model refuse.</summary>
    /// <param name="form">Its property <c>X</c> is the form's field <c>Form.X</c>.</param>
    public void Validate(object form)
    {
        List<ValidationResult> faults = [];
        Validator.TryValidateObject(form, new ValidationContext(form), faults, validateAllProperties: true);

        foreach (var (fault, member) in faults.SelectMany(fault => fault.MemberNames, (fault, member) => (fault, member)))
        {
            Add($"Form.{member}", fault.ErrorMessage!);
        }
    }

    /// <param name="names">The name in the form of a field of the service; null for a field that the form does not have.</param>
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
