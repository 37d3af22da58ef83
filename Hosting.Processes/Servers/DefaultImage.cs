using System.Reflection;

namespace Hosting.Processes.Servers;

/// <summary>The image that Aspire's integration sets by default. A different image was set by the AppHost.</summary>
internal sealed record DefaultImage(string Image, string[] Tags)
{
    /// <param name="type">The integration's internal class with the constants.</param>
    public static DefaultImage? Read(Type? type)
    {
        const BindingFlags Constants = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static;
        var constants = type?.GetFields(Constants)
            .Where(field => field is { IsLiteral: true, FieldType: var text } && text == typeof(string))
            .ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!);
        return constants is not null && constants.TryGetValue("Image", out var image)
            ? new(image, [.. constants.Where(constant => constant.Key is "Tag" or "ManagementTag").Select(constant => constant.Value)])
            : null;
    }
}
