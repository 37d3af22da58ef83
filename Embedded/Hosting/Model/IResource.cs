namespace Aspire.Hosting.ApplicationModel;

/// <summary>One thing of the app model: a server, a database, an app, a parameter.</summary>
public interface IResource
{
    /// <summary>Unique in the model, compared without case.</summary>
    string Name { get; }

    /// <summary>Everything that was said about the resource.</summary>
    ResourceAnnotationCollection Annotations { get; }
}

/// <summary>One thing said about a resource. Annotations describe; the engine acts.</summary>
public interface IResourceAnnotation;

/// <summary>The annotations of a resource, in the order they were added.</summary>
public sealed class ResourceAnnotationCollection : System.Collections.ObjectModel.Collection<IResourceAnnotation>;

/// <summary>What happens to annotations of the same type when one is added.</summary>
public enum ResourceAnnotationMutationBehavior
{
    /// <summary>Adds beside those of the same type.</summary>
    Append,

    /// <summary>Replaces those of the same type.</summary>
    Replace,
}

/// <summary>Base of resources.</summary>
public abstract class Resource : IResource
{
    /// <summary>Checks the name by Aspire's rules.</summary>
    /// <param name="name">1-64 ASCII letters, digits and hyphens; starts with a letter; no <c>--</c>, no hyphen at the end.</param>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    protected Resource(string name)
    {
        ResourceName.Validate(name);
        Name = name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public virtual ResourceAnnotationCollection Annotations { get; } = [];
}
