using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Ordering.Api;

/// <summary>Which page of a list is asked for.</summary>
public sealed record Paging(
    [property: Range(0, 1_000_000), Description("The page, counted from 0.")] int PageIndex = 0,
    [property: Range(1, 100), Description("Entries on a page, at most 100.")] int PageSize = 10);
