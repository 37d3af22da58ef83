using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Embedded.Tests.PublicMembers;

/// <summary>
/// Writes members as <c>Namespace.Type&lt;!0&gt;.Name&lt;!!0&gt;(parameters) : result</c>: the same text for a declaration and, in another
/// assembly, for its use.
/// </summary>
internal sealed class MetadataNames : ISignatureTypeProvider<string, object?>
{
    private static readonly MetadataNames Instance = new();

    public static string OfType(MetadataReader reader, TypeDefinitionHandle handle)
    {
        var type = reader.GetTypeDefinition(handle);
        var name = reader.GetString(type.Name);
        return type.GetDeclaringType() is { IsNil: false } outer
            ? $"{OfType(reader, outer)}.{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    public static string OfType(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{OfType(reader, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    public static string OfMethod(MetadataReader reader, MethodDefinitionHandle handle)
    {
        var method = reader.GetMethodDefinition(handle);
        return Write(OfType(reader, method.GetDeclaringType()), reader.GetString(method.Name), method.DecodeSignature(Instance, null));
    }

    public static string OfField(MetadataReader reader, FieldDefinitionHandle handle)
    {
        var field = reader.GetFieldDefinition(handle);
        return $"{OfType(reader, field.GetDeclaringType())}.{reader.GetString(field.Name)}";
    }

    /// <summary>A use of another assembly's member; null for what is no named type's.</summary>
    public static string? OfMember(MetadataReader reader, MemberReference member)
    {
        var owner = member.Parent.Kind switch
        {
            HandleKind.TypeReference => OfType(reader, (TypeReferenceHandle)member.Parent),
            HandleKind.TypeSpecification => WithoutArguments(
                reader.GetTypeSpecification((TypeSpecificationHandle)member.Parent).DecodeSignature(Instance, null)),
            _ => null,
        };
        var name = reader.GetString(member.Name);
        return owner is null ? null
            : member.GetKind() == MemberReferenceKind.Field ? $"{owner}.{name}"
            : Write(owner, name, member.DecodeMethodSignature(Instance, null));
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => OfType(reader, handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => OfType(reader, handle);

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(", ", typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "method";

    private static string WithoutArguments(string type) => type.IndexOf('<', StringComparison.Ordinal) is >= 0 and var at ? type[..at] : type;

    private static string Write(string type, string name, MethodSignature<string> signature)
    {
        var generics = signature.GenericParameterCount == 0 ? ""
            : $"<{string.Join(", ", Enumerable.Range(0, signature.GenericParameterCount).Select(index => $"!!{index}"))}>";
        return $"{type}.{name}{generics}({string.Join(", ", signature.ParameterTypes)}) : {signature.ReturnType}";
    }
}
