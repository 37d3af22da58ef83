using System.Net.Mime;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;
using WebApp.Clients;
using WebApp.Identity.Addresses;
using WebApp.Identity.Sessions;

namespace WebApp.Identity.Profile;

/// <summary>Gives a person what the shop has about them: account, addresses, sessions and orders, as a file.</summary>
public static class ExportData
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static async Task<IResult> HandleAsync(
        HttpContext context, UserManager<ShopUser> users, SavedAddresses addresses, SessionStore sessions, OrderingClient ordering,
        CurrentVisitor current, SecurityAudit audit, CancellationToken cancellationToken)
    {
        var visitor = current.Find()!;
        var user = (await users.FindByIdAsync($"{visitor.Id}"))!;
        var orders = await ReadOrdersAsync(ordering, visitor, cancellationToken);

        if (orders is null)
        {
            // Half of the data would look like all of it.
            context.Response.Headers.RetryAfter = "5";
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        audit.DataExported(user.Id);
        var data = new
        {
            account = new { user.Id, user.Name, user.Email, user.OpenedAt, secondFactor = user.TwoFactorEnabled },
            addresses = (await addresses.ListAsync(user.Id, cancellationToken)).Select(address => new
            {
                address.Name, address.Street, address.ZipCode, address.City, address.State, address.Country, address.IsDefault,
                address.AddedAt,
            }),
            sessions = (await sessions.ListAsync(user.Id, cancellationToken)).Select(session => new
            {
                session.Browser, session.Network, session.StartedAt, session.SeenAt,
            }),
            orders,
        };
        return TypedResults.File(JsonSerializer.SerializeToUtf8Bytes(data, Json), MediaTypeNames.Application.Json, "your-data.json");
    }

    private static async Task<List<OrderView>?> ReadOrdersAsync(
        OrderingClient ordering, Visitor visitor, CancellationToken cancellationToken)
    {
        List<OrderView> orders = [];
        for (var page = 1; ; page++)
        {
            if ((await ordering.ListAsync(visitor, page, cancellationToken)).Value is not { } list)
            {
                return null;
            }

            orders.AddRange(list.Data);

            if (list.Data.Count == 0 || orders.Count >= list.Count)
            {
                return orders;
            }
        }
    }
}
