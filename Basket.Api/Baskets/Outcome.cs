using System.Diagnostics.CodeAnalysis;

namespace Basket.Api.Baskets;

/// <summary>The result of an operation: a value, or a refusal that REST and gRPC each report in their own way.</summary>
public sealed record Outcome<T>(T? Value, Refusal? Refusal)
{
    [MemberNotNullWhen(false, nameof(Value))]
    [MemberNotNullWhen(true, nameof(Refusal))]
    public bool IsRefused => Refusal is not null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
