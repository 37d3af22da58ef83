using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

namespace Basket.Api.Grpc;

/// <summary>
/// Applies the rules that REST requests have. ASP.NET Core validates the parameters of endpoints, not the messages of gRPC.
/// </summary>
internal sealed class RequestValidation(IOptions<ValidationOptions> options)
{
    /// <summary>The faults of each field, by its path in C#; empty when the request is valid.</summary>
    public async Task<Dictionary<string, string[]>> FindFaultsAsync(
        object request, IServiceProvider services, CancellationToken cancellationToken)
    {
#pragma warning disable ASP0029 // The API that the framework's own endpoint filter uses is marked as experimental.
        if (!options.Value.TryGetValidatableTypeInfo(request.GetType(), out var rules))
        {
            throw new InvalidOperationException($"{request.GetType()} has no validation rules.");
        }

        var context = new ValidateContext
        {
            ValidationOptions = options.Value,
            ValidationContext = new ValidationContext(request, services, items: null),
        };
        await rules.ValidateAsync(request, context, cancellationToken);
        return context.ValidationErrors ?? [];
#pragma warning restore ASP0029
    }
}
