using Contracts.Audit;
using Contracts.Catalog;
using Contracts.Identity;
using Contracts.Mail;
using Contracts.Ordering;
using WebApp.BackOffice.Audit;
using WebApp.Identity;
using WebApp.Mail;
using WebApp.Push;

namespace WebApp;

public static class MessagingSetup
{
    /// <summary>
    /// What WebApp publishes, the mails that it delivers and the audit log that it keeps for all services, and the events that it pushes to
    /// open pages.
    /// </summary>
    public static void AddMessaging(this WebApplicationBuilder builder) =>
        builder.AddEventBusDefaults()
            .UsePostgres<IdentityContext>()
            .Publishes<UserRegistered>(registered => $"{registered.UserId}", requiredBy: ["ordering-api"])
            .Publishes<GuestAdopted>(adopted => $"{adopted.GuestId}", requiredBy: ["ordering-api", "basket-api"])
            .Publishes<UserChanged>(changed => $"{changed.UserId}", changed => changed.Version, requiredBy: ["ordering-api"])
            .Publishes<UserDeleted>(deleted => $"{deleted.UserId}", requiredBy: ["ordering-api", "basket-api"])
            .Sends<MailPasswordLink>(link => $"{link.RequestId}")
            .Handle<MailPasswordLink, ForgottenPassword.MailLink>()
            .Sends<SendMail>(mail => $"{mail.About}")
            .Handle<SendMail, MailOutcome, DeliverMail>()
            .Sends<RecordAction>(action => action.SubjectId)
            .Handle<RecordAction, KeepAction>()
            .Subscribe<PriceChanged, PushPrice>(inBatches: true)
            .Subscribe<StockLevelChanged, PushStock>(inBatches: true)
            .Subscribe<ProductDiscontinued, PushStock>(inBatches: true)
            .Subscribe<OrderPlaced, PushOrderStep>(inBatches: true)
            .Subscribe<OrderStockReserved, PushOrderStep>(inBatches: true)
            .Subscribe<OrderPaid, PushOrderStep>(inBatches: true)
            .Subscribe<OrderShipped, PushOrderStep>(inBatches: true)
            .Subscribe<OrderCancelled, PushOrderStep>(inBatches: true)
            .Subscribe<OrderRefunded, PushOrderStep>(inBatches: true);
}
