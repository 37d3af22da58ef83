using System.Net.Sockets;
using Azure.Messaging.ServiceBus;

namespace EventBus.AzureServiceBus;

/// <summary>What the errors of the SDK mean.</summary>
internal static class Faults
{
    /// <summary>
    /// The broker cannot be reached any more, or does not answer. A connection that the broker closes with a reason is a general error.
    /// </summary>
    public static bool IsConnectionLost(Exception fault) => fault is TimeoutException or SocketException or IOException
        or ServiceBusException
        {
            Reason: ServiceBusFailureReason.ServiceCommunicationProblem or ServiceBusFailureReason.ServiceTimeout
                or ServiceBusFailureReason.GeneralError,
        };

    /// <summary>
    /// An answer of the broker, the loss of its connection, or the end of a link. Anything else is a bug, or a message that the SDK cannot
    /// read.
    /// </summary>
    public static bool IsOfTheBroker(Exception fault) => IsConnectionLost(fault)
        || fault is ServiceBusException or ObjectDisposedException or OperationCanceledException || IsForbidden(fault);

    /// <summary>The entity does not exist.</summary>
    public static bool IsMissing(Exception fault) =>
        fault is ServiceBusException { Reason: ServiceBusFailureReason.MessagingEntityNotFound };

    /// <summary>The service has no right to use the entity.</summary>
    public static bool IsForbidden(Exception fault) => fault is UnauthorizedAccessException;

    /// <summary>The namespace has too many operations at the moment.</summary>
    public static bool IsThrottled(Exception fault) => fault is ServiceBusException { Reason: ServiceBusFailureReason.ServiceBusy };

    /// <summary>The entity has reached its size.</summary>
    public static bool IsFull(Exception fault) => fault is ServiceBusException { Reason: ServiceBusFailureReason.QuotaExceeded };

    /// <summary>The message alone is larger than the broker accepts.</summary>
    public static bool IsTooLarge(Exception fault) => fault is ServiceBusException { Reason: ServiceBusFailureReason.MessageSizeExceeded };

    /// <summary>No session has messages that no other consumer holds.</summary>
    public static bool IsNoSession(Exception fault) => fault is ServiceBusException { Reason: ServiceBusFailureReason.ServiceTimeout };

    /// <summary>The first line: the SDK adds a reference to its documentation and the tracking id.</summary>
    public static string Describe(Exception fault) => fault.Message.Split('\n')[0].Trim();
}
