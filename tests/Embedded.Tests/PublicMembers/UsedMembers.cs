using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Embedded.Tests.PublicMembers;

/// <summary>The names of what the code uses that tests run: the tests, AppHost, what starts its servers for other tests, and the AppHost that tests kill.</summary>
internal static class UsedMembers
{
    private static readonly string[] Files =
    [
        typeof(UsedMembers).Assembly.Location,
        typeof(Projects.AppHost).Assembly.Location,
        typeof(Servers.ShopServers).Assembly.Location,
        Hosting.Whole.ProbeAssembly,
    ];

    public static HashSet<string> Find()
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Files)
        {
            using var image = new PEReader(File.OpenRead(file));
            AddReferences(image.GetMetadataReader(), used);
        }

        AddImplemented(used);
        return used;
    }

    private static void AddReferences(MetadataReader reader, HashSet<string> used)
    {
        foreach (var type in reader.TypeReferences)
        {
            used.Add(MetadataNames.OfType(reader, type));
        }

        // A generic method's uses are instances of one such reference each.
        foreach (var member in reader.MemberReferences)
        {
            if (MetadataNames.OfMember(reader, reader.GetMemberReference(member)) is { } name)
            {
                used.Add(name);
            }
        }
    }

    // The engine calls what a test's own type implements or overrides.
    private static void AddImplemented(HashSet<string> used)
    {
        foreach (var type in typeof(UsedMembers).Assembly.GetTypes().Where(type => !type.IsInterface))
        {
            foreach (var method in type.GetMethods(DeclaredMembers.Everything | BindingFlags.NonPublic))
            {
                used.UnionWith(DeclaredMembers.Implemented(method));
            }
        }
    }
}
