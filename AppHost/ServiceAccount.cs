namespace AppHost;

/// <summary>A service's account at a server, as a connection string. The server's administrator is known to AppHost alone.</summary>
/// <param name="name">The name of the resource.</param>
/// <param name="server">The server.</param>
/// <param name="userName">The account's name at the server.</param>
/// <param name="password">The account's password.</param>
/// <param name="connectionString">The server's address with this account.</param>
internal sealed class ServiceAccount(
    string name, IResource server, string userName, ParameterResource password, ReferenceExpression connectionString)
    : Resource(name), IResourceWithParent, IResourceWithConnectionString
{
    public IResource Parent => server;

    public string UserName => userName;

    public ParameterResource Password => password;

    /// <summary>The environment variable in which a deployed server gets the password.</summary>
    public string PasswordVariable => $"{userName.ToUpperInvariant().Replace('-', '_')}_PASSWORD";

    public ReferenceExpression ConnectionStringExpression => connectionString;
}

internal static class ServiceAccountExtensions
{
    /// <summary>
    /// Adds an account at a server, with a generated password. It is not shown in the dashboard: the server and the services are.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="userName">The account's name.</param>
    /// <param name="connectionString">Makes the connection string of the password.</param>
    /// <param name="name">The name of the resource. Default: those of the server and the account.</param>
    public static IResourceBuilder<ServiceAccount> AddAccount<TServer>(
        this IResourceBuilder<TServer> server, string userName, Func<ParameterResource, ReferenceExpression> connectionString,
        string? name = null)
        where TServer : IResource
    {
        var builder = server.ApplicationBuilder;
        name ??= $"{server.Resource.Name}-{userName}";
        var password = builder.AddGeneratedSecret($"{name}-password").Resource;
        return builder.AddResource(new ServiceAccount(name, server.Resource, userName, password, connectionString(password)))
            .WithInitialState(new CustomResourceSnapshot { ResourceType = "Account", Properties = [], IsHidden = true });
    }
}
