using EventBus.DeadLetters;
using EventBus.Transport;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Messaging.DeadLetters;

/// <summary>
/// Answers 503 while the broker cannot be reached: reading its queues would wait for it. Also when its connection is lost during a request.
/// </summary>
internal sealed class BrokerFilter(ITransport transport) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return transport.Health.DownSince is null ? await next(context) : DeadLetterProblems.BrokerUnreachable();
        }
        catch (BrokerLostException)
        {
            return DeadLetterProblems.BrokerUnreachable();
        }
    }
}
