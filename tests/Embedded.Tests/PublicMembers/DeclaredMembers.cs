using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;

namespace Embedded.Tests.PublicMembers;

/// <summary>A public member: its own name, and those of the members that it overrides or implements. A use of any of them is a use of it.</summary>
internal sealed record DeclaredMember(string[] Names);

/// <summary>What the assemblies of the embedded engine offer.</summary>
internal static class DeclaredMembers
{
    public const BindingFlags Everything = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Assembly, MetadataReader> Readers = Directory.GetFiles(AppContext.BaseDirectory, "Embedded.*.dll")
        .Select(file => Assembly.Load(Path.GetFileNameWithoutExtension(file)))
        .Where(assembly => assembly != typeof(DeclaredMembers).Assembly)
        .ToDictionary(assembly => assembly, assembly => new PEReader(File.OpenRead(assembly.Location)).GetMetadataReader());

    public static IReadOnlyList<DeclaredMember> All { get; } =
        [.. Readers.Keys.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => !IsDelegate(type)).SelectMany(MembersOf)];

    /// <summary>The engine's own members that a method overrides or implements.</summary>
    public static IEnumerable<string> Implemented(MethodInfo method)
    {
        var overridden = method.GetBaseDefinition();
        if (overridden != method && Readers.ContainsKey(overridden.Module.Assembly))
        {
            yield return NameOf(overridden);
        }

        foreach (var contract in method.DeclaringType!.GetInterfaces().Where(contract => Readers.ContainsKey(contract.Assembly)))
        {
            var map = method.DeclaringType.GetInterfaceMap(contract);
            for (var i = 0; i < map.TargetMethods.Length; i++)
            {
                if (map.TargetMethods[i].MetadataToken == method.MetadataToken && map.TargetMethods[i].Module == method.Module)
                {
                    yield return NameOf(map.InterfaceMethods[i]);
                }
            }
        }
    }

    private static IEnumerable<DeclaredMember> MembersOf(Type type)
    {
        // Values of an enum are numbers where they are used, and a marker has no members: the type stands for them.
        if (type.IsEnum || type.GetMembers(Everything).Length == 0)
        {
            yield return new DeclaredMember([NameOf(type)]);
            yield break;
        }

        foreach (var field in type.GetFields(Everything))
        {
            yield return new DeclaredMember([MetadataNames.OfField(ReaderOf(field), (FieldDefinitionHandle)MetadataTokens.Handle(field.MetadataToken))]);
        }

        foreach (var constructor in type.GetConstructors(Everything & ~BindingFlags.Static))
        {
            yield return new DeclaredMember([NameOf(constructor)]);
        }

        // A call of ToString names Object's, whoever overrides it.
        foreach (var method in type.GetMethods(Everything)
            .Where(method => !IsOfRecord(type, method) && method.GetBaseDefinition().DeclaringType != typeof(object)))
        {
            yield return new DeclaredMember([NameOf(method), .. type.IsInterface ? [] : Implemented(method)]);
        }
    }

    private static bool IsDelegate(Type type) => type.IsSubclassOf(typeof(Delegate));

    // The compiler writes these for every record; and what its constructor has set, nobody needs to set again.
    private static bool IsOfRecord(Type type, MethodInfo method)
    {
        var isAccessor = method.IsSpecialName && method.Name is ['g' or 's', 'e', 't', '_', ..];
        return isAccessor
            ? method.Name.StartsWith("set_", StringComparison.Ordinal) && type.GetMethod("PrintMembers", Everything | BindingFlags.NonPublic) is not null
                && type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter => parameter.Name == method.Name[4..]))
            : method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name == "<Clone>$";
    }

    private static string NameOf(Type type) => MetadataNames.OfType(ReaderOf(type), (TypeDefinitionHandle)MetadataTokens.Handle(type.MetadataToken));

    private static string NameOf(MethodBase method) =>
        MetadataNames.OfMethod(ReaderOf(method), (MethodDefinitionHandle)MetadataTokens.Handle(method.MetadataToken));

    private static MetadataReader ReaderOf(MemberInfo member) => Readers[member.Module.Assembly];
}
