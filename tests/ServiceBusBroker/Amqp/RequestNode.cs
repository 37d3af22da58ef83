using System.Collections.Concurrent;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace ServiceBusBroker.Amqp;

/// <summary>The two links of a client's requests and their replies: <c>$cbs</c>, and <c>$management</c> of an entity.</summary>
internal sealed class RequestNode(Func<AmqpMessage, AmqpMessage> answer)
{
    private readonly ConcurrentDictionary<string, SendingAmqpLink> _replies = new();

    public void Attach(AmqpLink link)
    {
        if (link is SendingAmqpLink reply)
        {
            // The SDK of JavaScript gives no address, and asks for a reply to the name of its link.
            var address = (reply.Settings.Target as Target)?.Address?.ToString() ?? reply.Name;
            _replies[address] = reply;
            reply.Closed += (_, _) => _replies.TryRemove(address, out _);
            return;
        }

        var requests = (ReceivingAmqpLink)link;
        requests.RegisterMessageListener(request =>
        {
            requests.DisposeMessage(request, new Accepted(), settled: true, batchable: false);
            var response = Answer(request);
            response.Properties.CorrelationId = request.Properties.MessageId;
            if (_replies.TryGetValue(request.Properties.ReplyTo.ToString()!, out var to))
            {
                to.SendMessageNoWait(response, new ArraySegment<byte>(Guid.NewGuid().ToByteArray()), AmqpConstants.NullBinary);
            }
        });
    }

    private AmqpMessage Answer(AmqpMessage request)
    {
        try
        {
            return answer(request);
        }
        catch (AmqpException refusal)
        {
            var response = AmqpMessage.Create(new AmqpValue { Value = new AmqpMap() });
            response.ApplicationProperties.Map["statusCode"] = BrokerErrors.StatusOf(refusal.Error.Condition);
            response.ApplicationProperties.Map["statusDescription"] = refusal.Error.Description;
            response.ApplicationProperties.Map["errorCondition"] = refusal.Error.Condition;
            return response;
        }
    }
}
