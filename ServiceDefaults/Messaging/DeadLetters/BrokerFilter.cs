using EventBus.Transport;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Messaging.DeadLetters;

/// <summary>Answers 503 while the broker cannot be reached: reading its queues would wait for it.</summary>
internal sealed class BrokerFilter(ITransport transport) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        transport.Health.DownSince is null ? next(context) : ValueTask.FromResult<object?>(DeadLetterProblems.BrokerUnreachable());
}
