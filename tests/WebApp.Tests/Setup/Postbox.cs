using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using MimeKit;
using Servers;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace WebApp.Tests.Setup;

/// <summary>A mail that <see cref="Postbox"/> accepted.</summary>
/// <param name="To">The recipient as the SMTP client said it, which is not necessarily what the header says.</param>
public sealed record ReceivedMail(string To, MimeMessage Message)
{
    public string Subject => Message.Subject ?? "";

    public string Text => Message.TextBody ?? "";

    /// <summary>The path of the link in the text.</summary>
    public string Path => Text.Split('\n').Single(line => line.StartsWith($"{Shop.PublicUrl}/", StringComparison.Ordinal))
        [Shop.PublicUrl.Length..].Trim();
}

/// <summary>A real SMTP server on a free port of this machine.</summary>
public sealed class Postbox : IMailboxFilter, IMessageStore, IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedMail> _mails = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private Postbox()
    {
    }

    public string Address { get; private set; } = "";

    public IReadOnlyList<ReceivedMail> Mails => [.. _mails];

    /// <summary>Answers a recipient with something else than 250; null accepts.</summary>
    public Func<string, SmtpResponse?> Judge { get; set; } = _ => null;

    /// <summary>Runs when a mail is stored, before the server says so.</summary>
    public Func<Task> OnStored { get; set; } = () => Task.CompletedTask;

    public static async Task<Postbox> OpenAsync()
    {
        var box = new Postbox();
        var listening = new TaskCompletionSource<EndPoint>(TaskCreationOptions.RunContinuationsAsynchronously);
        var endpoints = new EndpointListenerFactory();
        endpoints.EndpointStarted += (_, started) => listening.TrySetResult(started.LocalEndPoint);
        var services = new ServiceProvider();
        services.Add((IMailboxFilter)box);
        services.Add((IMessageStore)box);
        services.Add(endpoints);
        var options = new SmtpServerOptionsBuilder().ServerName("mail.test")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, 0)))
            .Build();
        box._running = new SmtpServer.SmtpServer(options, services).StartAsync(box._stop.Token);
        box.Address = $"smtp://{await listening.Task.WaitAsync(TestContext.Current.CancellationToken)}";
        return box;
    }

    /// <summary>Waits for the newest mail to this address whose subject contains this text.</summary>
    public async Task<ReceivedMail> ReceivedAsync(string to, string subject = "")
    {
        ReceivedMail? Find() => _mails.LastOrDefault(mail => string.Equals(mail.To, to, StringComparison.OrdinalIgnoreCase)
            && mail.Subject.Contains(subject, StringComparison.Ordinal));

        await Eventually.TrueAsync(() => Find() is not null, $"a mail '{subject}' to {to} arrives");
        return Find()!;
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
        Judge(to.AsAddress()) is { } refusal ? throw new SmtpResponseException(refusal) : Task.FromResult(true);

    public async Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(buffer.ToArray());
        var message = await MimeMessage.LoadAsync(stream, cancellationToken);
        _mails.Enqueue(new ReceivedMail(Assert.Single(transaction.To).AsAddress(), message));
        await OnStored();
        return SmtpResponse.Ok;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }
}
