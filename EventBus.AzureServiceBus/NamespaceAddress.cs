using System.Text.RegularExpressions;
using Azure.Identity;
using Azure.Messaging.ServiceBus;

namespace EventBus.AzureServiceBus;

/// <summary>Where the namespace is, and with which credentials it is used.</summary>
internal sealed partial class NamespaceAddress
{
    // Our own loops retry, each with its own pause: a retry inside the SDK would send a batch behind a later one.
    private const int SdkRetries = 0;

    private readonly string _value;
    private readonly bool _isHost;

    private NamespaceAddress(string value, bool isHost) => (_value, _isHost) = (value, isHost);

    /// <summary>How long a request for the next session waits at the broker.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(30);

    /// <param name="setting">The name of the setting, for the message of a fault. The value may hold a secret and is not in it.</param>
    /// <param name="value">The value of the setting.</param>
    /// <exception cref="InvalidOperationException">The value is missing or unusable.</exception>
    public static NamespaceAddress Parse(string setting, string? value)
    {
        if (value is not null && HostName().IsMatch(value))
        {
            return new NamespaceAddress(value, isHost: true);
        }

        try
        {
            var properties = ServiceBusConnectionStringProperties.Parse(value);
            return (properties.EntityPath, properties.SharedAccessKey ?? properties.SharedAccessSignature) switch
            {
                (not null, _) => throw new FormatException("It names a single entity (EntityPath); the bus needs the whole namespace."),
                (_, null) => throw new FormatException("It has neither SharedAccessKey nor SharedAccessSignature."),
                _ => new NamespaceAddress(value!, isHost: false),
            };
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            throw new InvalidOperationException(
                $"{setting} is not the address of a Service Bus namespace. Set it to a connection string that begins with "
                + $"'Endpoint=sb://', or to the host name of the namespace, as in 'shop.servicebus.windows.net'. {fault.Message}");
        }
    }

    /// <param name="appId">Shown in Azure's diagnostics.</param>
    public ServiceBusClient Connect(string appId)
    {
        var options = new ServiceBusClientOptions
        {
            Identifier = appId,
            RetryOptions = new ServiceBusRetryOptions { MaxRetries = SdkRetries, TryTimeout = LongestWait },
        };
        return _isHost ? new ServiceBusClient(_value, new DefaultAzureCredential(), options) : new ServiceBusClient(_value, options);
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*\.servicebus\.[a-z0-9.]+\z", RegexOptions.IgnoreCase)]
    private static partial Regex HostName();
}
