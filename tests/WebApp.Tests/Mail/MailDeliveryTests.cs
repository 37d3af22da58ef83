using Contracts.Mail;
using MimeKit;
using Npgsql;
using Servers;
using SmtpServer.Protocol;
using WebApp.Tests.Setup;

namespace WebApp.Tests.Mail;

/// <summary>The command <c>mail.send-mail</c> on its way to a real SMTP server.</summary>
public sealed class MailDeliveryTests(TestServers servers)
{
    private const string Ada = "ada@example.com";
    private static readonly Guid Order = Guid.CreateVersion7();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mail_OfAnotherService_ArrivesOnce_AsTextAndHtml_WithLinksToTheShop()
    {
        await using var shop = await Shop.OpenOnRabbitMqAsync(servers);
        await using var ordering = await shop.ListenAsync(Stop);
        var id = Guid.CreateVersion7();

        await SendAsync(ordering, Mail(), id);
        await SendAsync(ordering, Mail(), id);

        var mail = await shop.Mail.ReceivedAsync(Ada);
        Assert.Equal($"{id:n}@shop.example", mail.Message.MessageId);
        Assert.Equal("Your order SH-48213", mail.Message.Subject);
        Assert.Equal("\"Shop\" <no-reply@shop.example>", $"{mail.Message.From}");
        Assert.Equal("\"Ada Buyer\" <ada@example.com>", $"{mail.Message.To}");
        Assert.Equal("auto-generated", mail.Message.Headers["Auto-Submitted"]);
        Assert.Equal(
            $"""
            Hello Ada Buyer,

            Thank you <3

            2 × Teapot: €84.00

            Total: €84.00

            See your order:
            https://shop.example/orders/{Order}

            Shop · https://shop.example

            """,
            mail.Text.ReplaceLineEndings("\n"));
        var html = mail.Message.HtmlBody!;
        Assert.Contains("Thank you &lt;3", html, StringComparison.Ordinal);
        Assert.Contains($"href=\"https://shop.example/orders/{Order}\"", html, StringComparison.Ordinal);
        Assert.Contains(">€84.00<", html, StringComparison.Ordinal);
        Assert.Contains("<strong>Total</strong>", html, StringComparison.Ordinal);
        Assert.Contains("<strong>€84.00</strong>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);

        // The second delivery has been handled when a later mail about the same order has arrived.
        await SendAsync(ordering, Mail("later@example.com"));
        await shop.Mail.ReceivedAsync("later@example.com");
        Assert.Single(shop.Mail.Mails, received => received.To == Ada);
        Assert.Empty(shop.Telemetry.Find(Ada, "Ada Buyer", "Teapot"));
    }

    [Fact]
    public async Task Crash_BetweenTheRecordAndTheInbox_DoesNotSendAgain()
    {
        await using var shop = await Shop.OpenOnRabbitMqAsync(servers);
        await using var ordering = await shop.ListenAsync(Stop);
        await ExecuteAsync(
            shop,
            """
            create sequence tries;
            create function fail_once() returns trigger language plpgsql as $$
                begin
                    if nextval('tries') = 1 then raise exception 'crash' using errcode = '40001'; end if;
                    return new;
                end $$;
            create trigger fail_once before insert on messaging.inbox for each row
                when (new.consumer = 'mail.send-mail') execute function fail_once();
            """);

        await SendAsync(ordering, Mail());

        await Eventually.TrueAsync(
            () => shop.Telemetry.Lines.Any(line => line.Text.Contains("the mail server has it already", StringComparison.Ordinal)),
            "the mail was delivered to the handler twice");
        Assert.Equal(2L, await QueryAsync(shop, "select last_value from tries"));
        Assert.Single(shop.Mail.Mails);
    }

    /// <summary>This is the one case in which a mail is repeated: the server has it, and the shop could not write that down.</summary>
    [Fact]
    public async Task Crash_BetweenTheServersAnswerAndTheRecord_SendsAgain_WithTheSameMessageId()
    {
        Gate? gate = null;
        await using var shop = await Shop.OpenOnRabbitMqAsync(
            servers, settings => (gate, settings["ConnectionStrings:identitydb"]) = Gate.Before(settings["ConnectionStrings:identitydb"]!));
        using var database = gate!;
        await using var ordering = await shop.ListenAsync(Stop);
        shop.Mail.OnStored = () =>
        {
            shop.Mail.OnStored = () => Task.CompletedTask;
            database.Close();
            return Task.CompletedTask;
        };

        await SendAsync(ordering, Mail());
        const string Failure = "The store cannot be reached; mail.send-mail";
        await Eventually.TrueAsync(
            () => shop.Telemetry.Lines.Any(line => line.Text.Contains(Failure, StringComparison.Ordinal)), "the first delivery has failed");
        database.Open();

        await Eventually.TrueAsync(() => shop.Mail.Mails.Count == 2, "the mail is repeated");
        Assert.Single(shop.Mail.Mails.Select(mail => mail.Message.MessageId).Distinct());
    }

    [Fact]
    public async Task Recipient_RefusedForGood_IsRecorded_AndNotTriedAgain()
    {
        await using var shop = await Shop.OpenOnRabbitMqAsync(servers);
        await using var ordering = await shop.ListenAsync(Stop);
        var tries = 0;
        shop.Mail.Judge = to =>
        {
            tries += to == Ada ? 1 : 0;
            return to == Ada ? new SmtpResponse(SmtpReplyCode.MailboxUnavailable, $"no mailbox {Ada}") : null;
        };

        await SendAsync(ordering, Mail());
        await SendAsync(ordering, Mail("not an address"));
        await SendAsync(ordering, Mail("bob@example.com"));

        await shop.Mail.ReceivedAsync("bob@example.com");
        Assert.Equal(1, tries);
        Assert.Equal("{0,550}", await QueryAsync(shop, "select array_agg(refused_with order by refused_with)::text from sent_mails "
            + "where refused_with is not null"));
        Assert.Equal(2, shop.Telemetry.Lines.Count(line => line.Text.Contains("for good", StringComparison.Ordinal)));
        Assert.Empty(shop.Telemetry.Find(Ada, "not an address"));
    }

    [Fact]
    public async Task Server_ThatRefusesForNow_GetsTheMailLater_AndHealthSaysSo()
    {
        await using var shop = await Shop.OpenOnRabbitMqAsync(servers, settings => settings["EventBus:RetryDelays:0"] = "00:00:01");
        await using var ordering = await shop.ListenAsync(Stop);
        using var http = shop.CreateClient();
        var tries = 0;
        shop.Mail.Judge = to => ++tries == 1 ? new SmtpResponse(SmtpReplyCode.ServiceUnavailable, $"not now for {to}") : null;

        await SendAsync(ordering, Mail());
        await Eventually.TrueAsync(
            async () => (await http.GetStringAsync("/health", Stop)).Contains("take the mail (reply 421)", StringComparison.Ordinal),
            "health says that mails wait");

        await shop.Mail.ReceivedAsync(Ada);
        await Eventually.TrueAsync(
            async () => !(await http.GetStringAsync("/health", Stop)).Contains("Mails have been waiting", StringComparison.Ordinal),
            "health is good again");
        Assert.Equal(2, tries);
        Assert.Empty(shop.Telemetry.Find(Ada));
    }

    [Theory]
    [InlineData("Ada\r\nBcc: thief@example.com", "Hello\r\nBcc: thief@example.com")]
    [InlineData("Ada\nBcc: thief@example.com\n", "Hello\n\nBcc: thief@example.com")]
    public async Task LineBreaks_InNameAndSubject_MakeNoHeader(string name, string subject)
    {
        await using var shop = await Shop.OpenOnRabbitMqAsync(servers);
        await using var ordering = await shop.ListenAsync(Stop);

        await SendAsync(ordering, Mail() with { Name = name, Subject = subject });

        var mail = await shop.Mail.ReceivedAsync(Ada);
        Assert.Empty(mail.Message.Bcc);
        Assert.Equal(Ada, Assert.IsType<MailboxAddress>(Assert.Single(mail.Message.To)).Address);
        Assert.StartsWith("Hello", mail.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("치즈 김", "kim@bücher.example", "kim@xn--bcher-kva.example")]
    [InlineData("Jürgen Größe", "jürgen.치즈@example.com", "jürgen.치즈@example.com")]
    [InlineData("O'Hara, \"Ann\" <x>", "o'hara+shop@example.com", "o'hara+shop@example.com")]
    public async Task Names_AndAddresses_OfAllLanguages_Arrive(string name, string address, string recipient)
    {
        await using var shop = await Shop.OpenOnRabbitMqAsync(servers);
        await using var ordering = await shop.ListenAsync(Stop);

        await SendAsync(ordering, Mail(address) with { Name = name, Subject = $"Für {name}" });

        var mail = await shop.Mail.ReceivedAsync(recipient);
        Assert.Equal(name, Assert.Single(mail.Message.To).Name);
        Assert.Equal($"Für {name}", mail.Message.Subject);
    }

    private static SendMail Mail(string to = Ada) => new(
        Order, to, "Ada Buyer", "Your order SH-48213", ["Thank you <3"], new MailLink("See your order", $"/orders/{Order}"),
        [new MailRow("2 × Teapot", "€84.00"), new MailRow("Total", "€84.00", IsTotal: true)]);

    // The broker returns the command until WebApp has declared its queue.
    private static Task SendAsync(Stranger ordering, SendMail mail, Guid? id = null)
    {
        var messageId = id ?? Guid.CreateVersion7();
        return Eventually.SucceedsAsync(() => ordering.SendAsync(
            "commands", "mail.send-mail", $"{mail.About}", mail, version: 0, messageId, Stop, sender: "ordering-api"));
    }

    private static async Task ExecuteAsync(Shop shop, string sql)
    {
        await using var database = NpgsqlDataSource.Create(shop["ConnectionStrings:identitydb"]);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Stop);
    }

    private static async Task<object?> QueryAsync(Shop shop, string sql)
    {
        await using var database = NpgsqlDataSource.Create(shop["ConnectionStrings:identitydb"]);
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Stop);
    }
}
