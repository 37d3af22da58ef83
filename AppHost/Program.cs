using AppHost;
using AppHost.FaultLab;
using Hosting.Processes;

StartupFaults.PrintAsMessage();
var builder = DistributedApplication.CreateBuilder(args);

var servers = builder.AddShopServers();
var (signingKey, publicKey) = builder.AddTokenKeys();
var keyCertificate = builder.AddKeyCertificate();
var adminPassword = builder.AddGeneratedSecret("admin-password");

var catalog = builder.AddProject<Projects.Catalog_Api>("catalog-api")
    .WithReference(servers.CatalogDb).WaitFor(servers.CatalogDb)
    .WithMessaging(servers)
    .WithEnvironment("Tokens__PublicKey", publicKey)
    .WithHttpHealthCheck("/health");

var ordering = builder.AddProject<Projects.Ordering_Api>("ordering-api")
    .WithReference(servers.OrderingDb).WaitFor(servers.OrderingDb)
    .WithMessaging(servers)
    .WithEnvironment("Tokens__PublicKey", publicKey)
    .WithHttpHealthCheck("/health");

var basket = builder.AddProject<Projects.Basket_Api>("basket-api")
    .WithReference(servers.Baskets, "basketstore").WaitFor(servers.Baskets)
    .WithMessaging(servers)
    .WithReference(catalog)
    .WithEnvironment("Tokens__PublicKey", publicKey)
    .WithHttpHealthCheck("/health");

var webApp = builder.AddProject<Projects.WebApp>("webapp")
    .WithReference(servers.IdentityDb).WaitFor(servers.IdentityDb)
    .WithReference(servers.Cache, "cache")
    .WithMessaging(servers)
    .WithReference(catalog)
    .WithReference(basket)
    .WithReference(ordering)
    .WithEnvironment("Tokens__SigningKey", signingKey)
    .WithEnvironment("DataProtection__Certificate", keyCertificate)
    .WithEnvironment("Admin__Password", adminPassword)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");

builder.AddMail(webApp, publicKey);
builder.AddOAuth(webApp, catalog, basket, ordering);
builder.ScaleOut(webApp, catalog, basket, ordering);
builder.AllowHosts(webApp, catalog, basket, ordering);
builder.AddShopFlows(webApp, signingKey, catalog, basket, ordering);
builder.AddLoadGenerator(webApp, servers);
builder.AddFaultLab(catalog, ordering, basket, webApp);
builder.CheckPorts();
builder.RunProjectsFromBuildOutput();
builder.UseNoUnneededCertificates();
builder.AnnounceWhenHealthy(webApp);

builder.Build().Run();
