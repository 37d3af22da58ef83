using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace AppHost;

/// <summary>An account of RabbitMQ.</summary>
internal sealed record BrokerUser(string Name, string Password);

/// <summary>
/// Imports definitions through RabbitMQ's management plugin. What exists already stays; passwords and rights are set again.
/// </summary>
internal static class BrokerSetup
{
    /// <exception cref="DistributedApplicationException">RabbitMQ refused the definitions.</exception>
    public static async Task ImportAsync(
        Uri management, BrokerUser administrator, IEnumerable<BrokerUser> users, string definitions, CancellationToken cancellationToken)
    {
        var import = JsonNode.Parse(definitions)!;
        import["users"] = new JsonArray([.. users.Select(user => new JsonObject
        {
            ["name"] = user.Name,
            ["password"] = user.Password,
            ["tags"] = "",
        })]);

        using var http = new HttpClient { BaseAddress = management };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{administrator.Name}:{administrator.Password}")));
        using var content = new StringContent(import.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("api/definitions", content, cancellationToken);
        if ((int)response.StatusCode is >= 400 and < 500)
        {
            throw new DistributedApplicationException(
                $"RabbitMQ did not create the accounts of the services: {(int)response.StatusCode} "
                + await response.Content.ReadAsStringAsync(cancellationToken));
        }

        response.EnsureSuccessStatusCode();
    }
}
