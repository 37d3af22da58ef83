namespace AppHost;

/// <summary>Chooses the broker, by the setting <c>Shop:Broker</c>.</summary>
internal static class ShopBroker
{
    private const string BrokerSetting = "Shop:Broker";
    private const string Name = "messaging";

    /// <summary>
    /// Not set, or <c>rabbitmq</c>: RabbitMQ, with an account for each service. <c>servicebus</c>: an existing namespace of Azure Service
    /// Bus, whose address is <c>ConnectionStrings:messaging</c> for all services (deploy/azure/servicebus.bicep creates it).
    /// </summary>
    /// <exception cref="DistributedApplicationException"><c>Shop:Broker</c> has another value.</exception>
    public static IReadOnlyDictionary<string, IResourceBuilder<IResourceWithConnectionString>> AddMessaging(
        this IDistributedApplicationBuilder builder, bool keepData, string[] services)
    {
        if (builder.IsServiceBus())
        {
            return builder.AddNamespace(services);
        }

        var messaging = builder.AddRabbitMQ(Name).WithManagementPlugin();
        if (keepData)
        {
            messaging.WithDataVolume();
        }

        return messaging.AddAccounts(services);
    }

    /// <summary>The same for <c>Shop:Servers=managed</c>: RabbitMQ is a connection string for each service.</summary>
    public static IReadOnlyDictionary<string, IResourceBuilder<IResourceWithConnectionString>> AddManagedMessaging(
        this IDistributedApplicationBuilder builder, string[] services) => builder.IsServiceBus()
            ? builder.AddNamespace(services)
            : services.ToDictionary(service => service, service => builder.AddConnectionString($"{Name}-{service}"));

    /// <summary>The services use Service Bus.</summary>
    public static bool IsServiceBus(this IDistributedApplicationBuilder builder) => builder.Configuration[BrokerSetting] switch
    {
        null or "" or "rabbitmq" => false,
        "servicebus" => true,
        var unknown => throw new DistributedApplicationException(
            $"{BrokerSetting} is '{unknown}'. Allowed values are 'rabbitmq', the default, and 'servicebus'."),
    };

    private static Dictionary<string, IResourceBuilder<IResourceWithConnectionString>> AddNamespace(
        this IDistributedApplicationBuilder builder, string[] services)
    {
        var address = builder.AddConnectionString(Name);
        return services.ToDictionary(service => service, _ => address);
    }
}
