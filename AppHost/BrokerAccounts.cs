using AppHost.FaultLab.Links;

namespace AppHost;

/// <summary>
/// Gives each service its own RabbitMQ account, with the rights in deploy/rabbitmq-definitions.json. When AppHost runs the broker, it
/// creates them once the broker is ready. A deployed broker creates them itself, by deploy/rabbitmq-start.sh.
/// </summary>
internal static class BrokerAccounts
{
    private const string Definitions = "rabbitmq-definitions.json";
    private const string Management = "management";
    private const string AccountPerService = "Shop:AccountPerService";

    /// <summary>Adds an account for each service, and what the services share: exchanges and queues.</summary>
    /// <param name="messaging">The broker, with its management plugin.</param>
    /// <param name="services">The names of the services, which are also those of their accounts.</param>
    /// <returns>The account of each service, by the service's name.</returns>
    public static IReadOnlyDictionary<string, IResourceBuilder<IResourceWithConnectionString>> AddAccounts(
        this IResourceBuilder<RabbitMQServerResource> messaging, params string[] services)
    {
        var accounts = services.Select(service => messaging.AddAccount(service)).ToArray();
        if (messaging.ApplicationBuilder.ExecutionContext.IsPublishMode)
        {
            messaging.CreateWhenDeployed(accounts);
        }
        else
        {
            messaging.CreateAccountsWhenReady([.. accounts.Select(account => account.Resource)]);
        }

        return accounts.ToDictionary(
            account => account.Resource.UserName, account => (IResourceBuilder<IResourceWithConnectionString>)account);
    }

    /// <summary>
    /// Connects a service to the broker, with its own account, unless the broker is Service Bus. If a managed broker has one account for
    /// all services, which the setting <c>Shop:AccountPerService=false</c> says, they declare what they share and do not check who
    /// published a message.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithMessaging(this IResourceBuilder<ProjectResource> service, ShopServers servers)
    {
        var connection = servers.Messaging[service.Resource.Name];
        if (service.ApplicationBuilder.IsServiceBus())
        {
            return service.WithReference(connection, "messaging");
        }

        var hasOwnAccount = connection.Resource is ServiceAccount
            || service.ApplicationBuilder.ReadSwitch(AccountPerService, byDefault: true);

        return service.WithReference(connection, "messaging")
            .WithEnvironment(hasOwnAccount ? "EventBus__DeclareShared" : "EventBus__CheckSenders", "false");
    }

    private static IResourceBuilder<ServiceAccount> AddAccount(this IResourceBuilder<RabbitMQServerResource> messaging, string service)
    {
        var address = messaging.AddressForApps(messaging.Resource.PrimaryEndpoint);
        return messaging.AddAccount(service, password => ReferenceExpression.Create(
            $"amqp://{service}:{password}@{address.Host}:{address.Port}"));
    }

    private static void CreateAccountsWhenReady(this IResourceBuilder<RabbitMQServerResource> messaging, ServiceAccount[] accounts)
    {
        messaging.WithHttpHealthCheck("/", endpointName: Management);
        messaging.CreateWhenReady(async (_, token) =>
        {
            var broker = messaging.Resource;
            var administrator = broker.UserNameParameter is { } name ? await name.GetValueAsync(token) : "guest";
            await BrokerSetup.ImportAsync(
                new Uri(broker.GetEndpoint(Management).Url),
                new BrokerUser(administrator!, (await broker.PasswordParameter.GetValueAsync(token))!),
                await Task.WhenAll(accounts.Select(async account =>
                    new BrokerUser(account.UserName, (await account.Password.GetValueAsync(token))!))),
                DeployedFiles.Read(Definitions),
                token);
        });
    }

    private static void CreateWhenDeployed(
        this IResourceBuilder<RabbitMQServerResource> messaging, IResourceBuilder<ServiceAccount>[] accounts)
    {
        messaging.WithEntrypoint("/bin/sh").WithArgs(
            "-c",
            $"{DeployedFiles.Unpack(Definitions, "/tmp/topology.json")} && "
            + $"{DeployedFiles.Unpack("rabbitmq-start.sh", "/tmp/start.sh")} && exec sh /tmp/start.sh");
        foreach (var account in accounts)
        {
            messaging.WithEnvironment(account.Resource.PasswordVariable, account.Resource.Password);
        }
    }
}
