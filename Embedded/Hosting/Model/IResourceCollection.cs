using System.Collections.ObjectModel;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of a model, in the order they were added.</summary>
public interface IResourceCollection : IList<IResource>;

internal sealed class ResourceCollection : Collection<IResource>, IResourceCollection
{
    protected override void InsertItem(int index, IResource item)
    {
        if (this.FirstOrDefault(other => string.Equals(other.Name, item.Name, StringComparison.OrdinalIgnoreCase)) is { } other)
        {
            throw new DistributedApplicationException(
                $"Cannot add resource of type '{item.GetType()}' with name '{item.Name}' because resource of type '{other.GetType()}' with that name already exists. Resource names are case-insensitive.");
        }

        base.InsertItem(index, item);
    }
}

/// <summary>The model as it stands after <c>Build</c>.</summary>
public class DistributedApplicationModel(IResourceCollection resources)
{
    /// <summary>Creates a model of the given resources.</summary>
    public DistributedApplicationModel(IEnumerable<IResource> resources)
        : this(Collect(resources))
    {
    }

    /// <summary>The resources, in the order they were added.</summary>
    public IResourceCollection Resources { get; } = resources;

    private static ResourceCollection Collect(IEnumerable<IResource> resources)
    {
        var collection = new ResourceCollection();
        foreach (var resource in resources)
        {
            collection.Add(resource);
        }

        return collection;
    }
}
