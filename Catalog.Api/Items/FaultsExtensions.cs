using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults;

namespace Catalog.Api.Items;

internal static class FaultsExtensions
{
    public static void Add(this Faults faults, string field, string reason) => faults.Unless(false, field, reason);

    public static ValidationProblem ToProblem(this Faults faults) => TypedResults.ValidationProblem(faults.ToErrors());
}
