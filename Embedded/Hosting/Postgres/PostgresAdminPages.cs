using Aspire.Hosting.Postgres;

namespace Aspire.Hosting.Postgres
{
    /// <summary>pgAdmin, a container. Mirrors <c>Aspire.Hosting.Postgres.PgAdminContainerResource</c>.</summary>
    public sealed class PgAdminContainerResource(string name) : ContainerResource(name);

    /// <summary>pgweb, a container. Mirrors <c>Aspire.Hosting.Postgres.PgWebContainerResource</c>.</summary>
    public sealed class PgWebContainerResource(string name) : ContainerResource(name)
    {
        private EndpointReference? _primaryEndpoint;

        /// <summary>Its page.</summary>
        public EndpointReference PrimaryEndpoint => _primaryEndpoint ??= new(this, "http");
    }
}

namespace Aspire.Hosting
{
    /// <summary>
    /// Adds web pages for PostgreSQL. They are containers, never part of a deployment; this engine cannot run them and says so in their state,
    /// while everything else runs. Mirrors the members of Aspire's <c>PostgresBuilderExtensions</c>.
    /// </summary>
    public static partial class PostgresBuilderExtensions
    {
        /// <summary>Adds pgAdmin for all servers of the model. Mirrors <c>PostgresBuilderExtensions.WithPgAdmin</c>.</summary>
        /// <param name="builder">The server's builder.</param>
        /// <param name="configureContainer">Says more about the container.</param>
        /// <param name="containerName">Its resource's name; default <c>pgadmin</c>.</param>
        public static IResourceBuilder<T> WithPgAdmin<T>(
            this IResourceBuilder<T> builder, Action<IResourceBuilder<PgAdminContainerResource>>? configureContainer = null, string? containerName = null)
            where T : PostgresServerResource
        {
            builder.WithAdminPage(
                () => new PgAdminContainerResource(containerName ?? "pgadmin"), "dpage/pgadmin4", "9.15.0", "docker.io", targetPort: 80, "PgAdmin", configureContainer);
            return builder;
        }

        /// <summary>Adds pgweb for all databases of the model. Mirrors <c>PostgresBuilderExtensions.WithPgWeb</c>.</summary>
        /// <inheritdoc cref="WithPgAdmin{T}"/>
        public static IResourceBuilder<PostgresServerResource> WithPgWeb(
            this IResourceBuilder<PostgresServerResource> builder, Action<IResourceBuilder<PgWebContainerResource>>? configureContainer = null,
            string? containerName = null)
        {
            builder.WithAdminPage(
                () => new PgWebContainerResource(containerName ?? "pgweb"), "sosedoff/pgweb", "0.17.0", "docker.io", targetPort: 8081, "PgWeb", configureContainer);
            return builder;
        }

        /// <summary>Sets the port of pgAdmin. Mirrors <c>PostgresBuilderExtensions.WithHostPort</c>.</summary>
        public static IResourceBuilder<PgAdminContainerResource> WithHostPort(this IResourceBuilder<PgAdminContainerResource> builder, int? port) =>
            builder.WithEndpoint("http", endpoint => endpoint.Port = port);

        /// <summary>Sets the port of pgweb. Mirrors <c>PostgresBuilderExtensions.WithHostPort</c>.</summary>
        public static IResourceBuilder<PgWebContainerResource> WithHostPort(this IResourceBuilder<PgWebContainerResource> builder, int? port) =>
            builder.WithEndpoint("http", endpoint => endpoint.Port = port);
    }
}
