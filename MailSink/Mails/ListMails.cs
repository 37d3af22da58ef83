using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MailSink.Mails;

internal static class ListMails
{
    public sealed record Item(Guid Id, DateTimeOffset At, string From, IReadOnlyList<string> To, string Subject);

    public sealed record Page(int PageIndex, int PageSize, int Count, IReadOnlyList<Item> Data);

    public static Ok<Page> Handle(
        MailStore mails,
        [Description("Only mails to this address.")][MaxLength(320)] string? to,
        [Description("The first page is 0.")][Range(0, MailStore.Capacity)] int pageIndex = 0,
        [Range(1, MailStore.Capacity)] int pageSize = 50)
    {
        var all = mails.List(to);
        return TypedResults.Ok(new Page(
            pageIndex,
            pageSize,
            all.Count,
            [
                .. all.Skip(pageIndex * pageSize).Take(pageSize)
                    .Select(mail => new Item(mail.Id, mail.At, mail.From, mail.To, mail.Subject)),
            ]));
    }
}
