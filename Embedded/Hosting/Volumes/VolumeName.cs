namespace Aspire.Hosting.Volumes;

/// <summary>Aspire's rule: <c>{apphost}-{hash}-{resource}-{suffix}</c>; the hash is of AppHost's path when run, of its name when published.</summary>
internal static class VolumeName
{
    public static string Generate<T>(IResourceBuilder<T> builder, string suffix)
        where T : IResource
    {
        var application = new string([.. builder.ApplicationBuilder.Environment.ApplicationName.ToLowerInvariant()
            .Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]);
        var hash = builder.ApplicationBuilder.Configuration["AppHost:Sha256"]![..10].ToLowerInvariant();
        return $"{application}-{hash}-{builder.Resource.Name}-{suffix}";
    }
}
