using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ordering.Api;

/// <summary>The page of a list that a client asks for.</summary>
public sealed record Paging(
    [property: Range(0, 1_000_000), Description("The page, counted from 0.")] int PageIndex = 0,
    [property: Range(1, 100), Description("Entries on a page, at most 100.")] int PageSize = 10);
