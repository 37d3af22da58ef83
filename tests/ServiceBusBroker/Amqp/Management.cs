using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;
using ServiceBusBroker.Queues;

namespace ServiceBusBroker.Amqp;

/// <summary>Answers requests to <c>$cbs</c>, and to <c>$management</c> of an entity.</summary>
internal static class Management
{
    private const int Ok = 200;
    private const int TokenAccepted = 202;
    private const int NoContent = 204;

    /// <summary>Every token is valid.</summary>
    public static AmqpMessage PutToken(AmqpMessage request)
    {
        var response = AmqpMessage.Create(new AmqpValue { Value = new AmqpMap() });
        response.ApplicationProperties.Map["status-code"] = TokenAccepted;
        response.ApplicationProperties.Map["status-description"] = "Accepted";
        return response;
    }

    public static AmqpMessage Handle(MessageQueue queue, AmqpMessage request)
    {
        var arguments = (AmqpMap)request.ValueBody.Value;
        return (string)request.ApplicationProperties.Map["operation"] switch
        {
            "com.microsoft:renew-lock" =>
                Answer("expirations", Tokens(arguments).Select(token => queue.RenewLock(token).UtcDateTime).ToArray()),
            "com.microsoft:renew-session-lock" =>
                Answer("expiration", queue.RenewSessionLock((string)arguments[new MapKey("session-id")]).UtcDateTime),
            "com.microsoft:peek-message" => Peek(queue, arguments),
            "com.microsoft:update-disposition" => Settle(queue, arguments),
            var other => throw BrokerErrors.NotImplemented(other),
        };
    }

    private static AmqpMessage Peek(MessageQueue queue, AmqpMap arguments)
    {
        var messages = queue.Peek(
            (long)arguments[new MapKey("from-sequence-number")], (int)arguments[new MapKey("message-count")]);
        return messages.Count == 0
            ? Answer(new AmqpMap(), NoContent)
            : Answer("messages", messages.Select(message => new AmqpMap { [new MapKey("message")] = message }).ToList());
    }

    /// <summary>How a client settles what it received over a link that is gone.</summary>
    private static AmqpMessage Settle(MessageQueue queue, AmqpMap arguments)
    {
        DeliveryState state = (string)arguments[new MapKey("disposition-status")] switch
        {
            "completed" => new Accepted(),
            "abandoned" => new Modified(),
            "suspended" => new Rejected { Error = new Error { Info = Reasons(arguments) } },
            var other => throw BrokerErrors.NotImplemented(other),
        };
        foreach (var token in Tokens(arguments))
        {
            if (queue.Settle(token, state) is Rejected lost)
            {
                throw new AmqpException(lost.Error);
            }
        }

        return Answer(new AmqpMap());
    }

    private static Guid[] Tokens(AmqpMap arguments) => (Guid[])arguments[new MapKey("lock-tokens")];

    private static Fields Reasons(AmqpMap arguments)
    {
        var reasons = new Fields();
        foreach (var (argument, property) in new[]
        {
            ("deadletter-reason", "DeadLetterReason"), ("deadletter-description", "DeadLetterErrorDescription"),
        })
        {
            if (arguments.TryGetValue<string>(new MapKey(argument), out var text))
            {
                reasons[property] = text;
            }
        }

        return reasons;
    }

    private static AmqpMessage Answer(string name, object value) => Answer(new AmqpMap { [new MapKey(name)] = value });

    private static AmqpMessage Answer(AmqpMap body, int status = Ok)
    {
        var response = AmqpMessage.Create(new AmqpValue { Value = body });
        response.ApplicationProperties.Map["statusCode"] = status;
        response.ApplicationProperties.Map["statusDescription"] = "";
        return response;
    }
}
