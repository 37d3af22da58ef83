namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>The icon that stands for a resource. Mirrors <c>Aspire.Hosting.ApplicationModel.ResourceIconAnnotation</c>.</summary>
    public sealed class ResourceIconAnnotation(string iconName, IconVariant iconVariant = IconVariant.Filled) : IResourceAnnotation
    {
        /// <summary>A Fluent UI icon.</summary>
        public string IconName { get; } = iconName;

        /// <summary>The icon's variant.</summary>
        public IconVariant IconVariant { get; } = iconVariant;
    }
}

namespace Aspire.Hosting
{
    public static partial class ResourceBuilderExtensions
    {
        /// <summary>Chooses the icon that stands for a resource; it is in the resource's snapshot. Mirrors <c>ResourceBuilderExtensions.WithIconName</c>.</summary>
        public static IResourceBuilder<T> WithIconName<T>(this IResourceBuilder<T> builder, string iconName, IconVariant iconVariant = IconVariant.Filled)
            where T : IResource => builder.WithAnnotation(new ResourceIconAnnotation(iconName, iconVariant), ResourceAnnotationMutationBehavior.Replace);
    }
}
