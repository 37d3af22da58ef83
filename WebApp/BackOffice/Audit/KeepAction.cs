using Contracts.Audit;
using EventBus;
using WebApp.Identity;

namespace WebApp.BackOffice.Audit;

/// <summary>Stores what an administrator did. The inbox of the bus makes sure that a message is stored once.</summary>
internal sealed class KeepAction(IdentityContext db) : IMessageHandler<RecordAction>
{
    public Task HandleAsync(RecordAction message, MessageContext context, CancellationToken cancellationToken)
    {
        db.Add(new AdminAction
        {
            Id = context.MessageId,
            At = context.CreatedAt,
            ActorId = message.ActorId,
            Action = message.Action,
            SubjectId = message.SubjectId,
            SubjectName = message.SubjectName,
            Detail = message.Detail,
        });
        return Task.CompletedTask;
    }
}
