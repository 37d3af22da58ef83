using System.Globalization;

namespace AppHost;

/// <summary>How many processes each app has, by the setting <c>Shop:Replicas</c>. Default: one.</summary>
internal static class Replicas
{
    private const string Setting = "Shop:Replicas";
    private const int Most = 10;

    /// <exception cref="DistributedApplicationException"><c>Shop:Replicas</c> is not a number from 1 to 10.</exception>
    public static void ScaleOut(this IDistributedApplicationBuilder builder, params IReadOnlyList<IResourceBuilder<ProjectResource>> apps)
    {
        if (builder.Configuration[Setting] is not { Length: > 0 } text)
        {
            return;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var replicas) || replicas is < 1 or > Most)
        {
            throw new DistributedApplicationException($"{Setting} is '{text}'. Set it to a number from 1 to {Most}.");
        }

        foreach (var app in apps)
        {
            app.WithReplicas(replicas);
        }
    }
}
