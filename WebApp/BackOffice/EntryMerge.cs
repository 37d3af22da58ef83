using WebApp.Storefront.Elements;

namespace WebApp.BackOffice;

/// <summary>Merges the fields of a form with what is stored, and reports conflicts.</summary>
internal sealed class EntryMerge(string? marks, FormErrors errors)
{
    /// <param name="index">The field's place in the marks.</param>
    /// <param name="field">The field's name in the form.</param>
    /// <param name="shown">What is stored, in words.</param>
    public string Field(int index, string field, string typed, string stored, string shown)
    {
        var (value, isConflict) = FieldMarks.Merge(marks, index, typed, stored);
        if (isConflict)
        {
            errors.Add($"Form.{field}", $"While you were editing, this was changed to {shown}. Save again to replace it.");
        }

        return value;
    }
}
