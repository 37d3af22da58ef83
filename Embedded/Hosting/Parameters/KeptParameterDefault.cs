
namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes a default once and keeps it in AppHost's user secrets.</summary>
internal sealed class KeptParameterDefault(IDistributedApplicationBuilder builder, string name, ParameterDefault made) : ParameterDefault
{
    public override string GetDefaultValue()
    {
        var key = $"Parameters:{name}";
        var value = UserSecrets.Of(builder).GetOrAdd(key, made.GetDefaultValue);
        builder.Configuration[key] = value;
        return value;
    }

    public override void WriteToManifest(Publishing.ManifestPublishingContext context) => made.WriteToManifest(context);
}
