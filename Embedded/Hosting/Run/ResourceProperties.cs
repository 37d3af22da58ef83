using System.Collections.Immutable;

namespace Aspire.Hosting.Run;

/// <summary>Facts about a resource that do not change while it lives.</summary>
internal static class ResourceProperties
{
    public static ImmutableArray<ResourcePropertySnapshot> Of(IResource resource) => resource switch
    {
        ProjectResource when resource.TryGetLastAnnotation<IProjectMetadata>(out var project) => [new("project.path", project.ProjectPath)],
        ExecutableResource executable =>
        [
            new("executable.path", executable.Command), new("executable.workDir", executable.WorkingDirectory),
        ],
        PostgresDatabaseResource database => [new("database.name", database.DatabaseName)],
        _ => [],
    };

    public static ImmutableArray<RelationshipSnapshot> RelationshipsOf(IResource resource) =>
    [
        .. resource.Annotations.OfType<ResourceRelationshipAnnotation>()
            .Select(relationship => new RelationshipSnapshot(relationship.Resource.Name, relationship.Type))
            .Concat(resource is IResourceWithParent child ? [new RelationshipSnapshot(child.Parent.Name, KnownRelationshipTypes.Parent)] : [])
            .Distinct(),
    ];

    public static ImmutableArray<VolumeSnapshot> VolumesOf(IResource resource) =>
    [
        .. resource.Annotations.OfType<ContainerMountAnnotation>()
            .Select(mount => new VolumeSnapshot(mount.Source, mount.Target, mount.Type.ToString(), mount.IsReadOnly)),
    ];
}
