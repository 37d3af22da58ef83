using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace EventBus.Failure;

/// <summary>
/// The place in a service's own code where an exception occurred. The line number is left out, so that the place keeps its name when the
/// file changes elsewhere.
/// </summary>
internal static partial class OwnFrame
{
    /// <summary>
    /// The innermost frame in one of these assemblies, of the exception or of one that caused it; null when there is none.
    /// </summary>
    public static string? Of(Exception fault, IReadOnlyCollection<Assembly> own)
    {
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            foreach (var frame in new StackTrace(cause, fNeedFileInfo: false).GetFrames())
            {
                if (DiagnosticMethodInfo.Create(frame) is { } method && own.Any(one => one.FullName == method.DeclaringAssemblyName))
                {
                    return NameOf(method.DeclaringTypeName, method.Name);
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The method as it stands in the source. The compiler moves the bodies of async methods, lambdas and local functions elsewhere, as in
    /// <c>ReserveStock+&lt;HandleAsync&gt;d__3.MoveNext</c> and <c>ReserveStock+&lt;&gt;c__DisplayClass3_0.&lt;HandleAsync&gt;b__0</c>.
    /// </summary>
    internal static string NameOf(string type, string method)
    {
        var full = $"{type}.{method}";
        var moved = full.IndexOf('<', StringComparison.Ordinal);
        return (moved > 0 && SourceMethod().Match(full) is { Success: true } source
            ? $"{full[..(moved - 1)]}.{source.Groups[1].Value}"
            : full).Replace('+', '.');
    }

    [GeneratedRegex(@"<(\w+)>")]
    private static partial Regex SourceMethod();
}
