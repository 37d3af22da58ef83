using System.Text;

namespace Security.Authorization;

/// <summary>
/// Sends a request to each endpoint of each running app, as each role, and compares the answers with the table in docs/security.md. An
/// endpoint without a row fails. No other test runs at the same time, because one of the requests deletes all mails.
/// </summary>
[Collection(nameof(Alone))]
public sealed class AuthorizationTests(RunningShop shop)
{
    private const string Begin = "<!-- authorization table: begin -->\n";
    private const string End = "<!-- authorization table: end -->\n";

    // WRITE_SECURITY=true dotnet test --project tests/Security rewrites the table. Read the change before you commit it.
    private static readonly bool Write = Environment.GetEnvironmentVariable("WRITE_SECURITY") == "true";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    [Fact]
    public async Task EveryEndpoint_AnswersEachRole_AsTheTableSays()
    {
        using var owner = await Person.UserAsync(shop, "user", Stop);
        using var guest = await Person.GuestAsync(shop.Gateway, Stop);
        using var other = await Person.UserAsync(shop, "other user", Stop);
        using var admin = await Person.AdminAsync(shop.Gateway, Stop);
        using var tool = Person.With("tool", shop.EnvironmentOf("flows")["Flows__DeadLetters__Token"]);
        using var anonymous = Person.Anonymous();
        var order = await owner.BuyAsync(shop.Gateway, Stop);
        await owner.SeesAsync(shop.Gateway, order);
        Person[] roles = [anonymous, guest, owner, other, admin, tool];

        var table = new StringBuilder($"| app | endpoint | {string.Join(" | ", roles.Select(role => role.Role))} |\n");
        table.Append("| --- | --- |").Insert(table.Length, " --- |", roles.Length).Append('\n');
        var rows = await Task.WhenAll(RunningShop.AppsWithEndpoints.Select(app => RowsOfAsync(app, order, roles)));
        foreach (var row in rows.SelectMany(ofOneApp => ofOneApp))
        {
            table.Append(row).Append('\n');
        }

        await MatchesAsync($"{table}");
    }

    private async Task<IReadOnlyList<EndpointRow>> RowsOfAsync(string app, Guid order, Person[] roles)
    {
        var rows = new List<EndpointRow>();
        foreach (var endpoint in await shop.EndpointsOfAsync(app, Stop))
        {
            foreach (var method in endpoint.Methods.Count == 0 ? ["GET"] : endpoint.Methods)
            {
                var sample = new SampleRequest(endpoint, method, order);
                var cells = await Task.WhenAll(roles.Select(async role =>
                {
                    using var request = sample.Create(shop.AddressOf(app));
                    using var response = await role.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
                    return sample.Judge(response);
                }));
                rows.Add(new EndpointRow(app, endpoint.Methods.Count == 0 ? "ANY" : method, endpoint.Pattern, cells));
            }
        }

        return [.. rows.OrderBy(row => row.Pattern, StringComparer.Ordinal).ThenBy(row => row.Method, StringComparer.Ordinal)];
    }

    private static async Task MatchesAsync(string table)
    {
        var file = Repository.PathOf("docs", "security.md");
        var text = (await File.ReadAllTextAsync(file, Stop)).ReplaceLineEndings("\n");
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Write)
        {
            await File.WriteAllTextAsync(file, $"{text[..begin]}{table}{text[end..]}", Stop);
            return;
        }

        Assert.Equal(text[begin..end].Split('\n'), table.Split('\n'));
    }
}
