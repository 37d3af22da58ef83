namespace Aspire.Hosting.ApplicationModel;

/// <summary>Finds what a value is made of, and whether any of it is secret.</summary>
internal static class Secrecy
{
    public static bool IsSecret(object? value) => Walk(value).OfType<ParameterResource>().Any(parameter => parameter.Secret);

    public static IEnumerable<ParameterResource> SecretsIn(object? value) => Walk(value).OfType<ParameterResource>().Where(parameter => parameter.Secret);

    public static IEnumerable<IResource> ResourcesIn(object? value) => Walk(value).OfType<IResource>().Distinct();

    private static IEnumerable<object> Walk(object? value)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object?>([value]);
        while (open.TryPop(out var next))
        {
            if (next is null or string || !seen.Add(next))
            {
                continue;
            }

            yield return next;
            if (next is IValueWithReferences made)
            {
                foreach (var part in made.References)
                {
                    open.Push(part);
                }
            }
        }
    }
}
