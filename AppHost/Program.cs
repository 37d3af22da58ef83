using AppHost;
using Hosting.Processes;

StartupFaults.PrintAsMessage();
var builder = DistributedApplication.CreateBuilder(args);

var servers = builder.AddShopServers();
var (signingKey, publicKey) = builder.AddTokenKeys();
var adminPassword = builder.AddGeneratedSecret("admin-password");

var catalog = builder.AddProject<Projects.Catalog_Api>("catalog-api")
    .WithReference(servers.CatalogDb).WaitFor(servers.CatalogDb)
    .WithReference(servers.Messaging)
    .WithEnvironment("Tokens__PublicKey", publicKey)
    .WithHttpHealthCheck("/health");

var ordering = builder.AddProject<Projects.Ordering_Api>("ordering-api")
    .WithReference(servers.OrderingDb).WaitFor(servers.OrderingDb)
    .WithReference(servers.Messaging)
    .WithEnvironment("Tokens__PublicKey", publicKey)
    .WithHttpHealthCheck("/health");

var basket = builder.AddProject<Projects.Basket_Api>("basket-api")
    .WithReference(servers.Baskets).WaitFor(servers.Baskets)
    .WithReference(servers.Messaging)
    .WithReference(catalog)
    .WithEnvironment("Tokens__PublicKey", publicKey)
    .WithHttpHealthCheck("/health");

var webApp = builder.AddProject<Projects.WebApp>("webapp")
    .WithReference(servers.IdentityDb).WaitFor(servers.IdentityDb)
    .WithReference(servers.Cache)
    .WithReference(servers.Messaging)
    .WithReference(catalog)
    .WithReference(basket)
    .WithReference(ordering)
    .WithEnvironment("Tokens__SigningKey", signingKey)
    .WithEnvironment("Admin__Password", adminPassword)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");

builder.AllowHosts(webApp, catalog, basket, ordering);
builder.AddFlows(webApp, signingKey, catalog, basket, ordering);
builder.CheckPorts();
builder.RunProjectsFromBuildOutput();
builder.UseNoUnneededCertificates();
builder.AnnounceWhenHealthy(webApp);

builder.Build().Run();
