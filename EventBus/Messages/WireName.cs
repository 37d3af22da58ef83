using System.Text;

namespace EventBus.Messages;

/// <summary>
/// <c>Contracts.Catalog.PriceChanged</c> is <c>catalog.price-changed</c> on the wire: the last part of the namespace and the type, in kebab
/// case. Renaming a type or its namespace therefore changes the message.
/// </summary>
internal static class WireName
{
    public static string Of(Type type)
    {
        var area = type.Namespace?[(type.Namespace.LastIndexOf('.') + 1)..];
        return string.IsNullOrEmpty(area) ? Kebab(type.Name) : $"{Kebab(area)}.{Kebab(type.Name)}";
    }

    /// <summary><c>Catalog.Api</c> → <c>catalog-api</c>, <c>HTTPServer</c> → <c>http-server</c>.</summary>
    public static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsLetterOrDigit(name[i]))
            {
                kebab.Append('-');
                continue;
            }

            if (StartsWord(name, i) && kebab.Length > 0 && kebab[^1] != '-')
            {
                kebab.Append('-');
            }

            kebab.Append(char.ToLowerInvariant(name[i]));
        }

        return kebab.ToString().Trim('-');
    }

    private static bool StartsWord(string name, int i) =>
        char.IsUpper(name[i]) && i > 0 && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
