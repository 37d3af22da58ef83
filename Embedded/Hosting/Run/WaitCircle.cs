namespace Aspire.Hosting.Run;

/// <summary>Finds resources that wait for one another in a circle: none of them would ever start.</summary>
internal static class WaitCircle
{
    /// <exception cref="DistributedApplicationException">There is one; it is told in its order.</exception>
    public static void Refuse(IEnumerable<IResource> resources)
    {
        var done = new HashSet<IResource>();
        var way = new List<IResource>();
        foreach (var resource in resources)
        {
            Visit(resource);
        }

        void Visit(IResource resource)
        {
            if (way.IndexOf(resource) is >= 0 and var start)
            {
                var names = way.Skip(start).Append(resource).Select(one => $"'{one.Name}'");
                throw new DistributedApplicationException(
                    $"{string.Join(" waits for ", names)}: none of them would ever start. Remove a WaitFor from the circle.");
            }

            if (!done.Add(resource))
            {
                return;
            }

            way.Add(resource);
            foreach (var awaited in AwaitedBy(resource))
            {
                Visit(awaited);
            }

            way.RemoveAt(way.Count - 1);
        }
    }

    private static IEnumerable<IResource> AwaitedBy(IResource resource) =>
        resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource)
            .Concat(resource is IResourceWithParent child ? [child.Parent] : []);
}
