var builder = DistributedApplication.CreateBuilder(args);

var postgres = builder.AddPostgres("postgres").WithShopVolume();
var catalogDb = postgres.AddDatabase("catalogdb");
var orderingDb = postgres.AddDatabase("orderingdb");
var identityDb = postgres.AddDatabase("identitydb");
var messaging = builder.AddRabbitMQ("messaging").WithManagementPlugin().WithShopVolume();
var baskets = builder.AddRedis("basketstore").WithAppendOnlyFile().WithShopVolume();
var cache = builder.AddRedis("cache");

var (signingKey, publicKey) = builder.AddTokenKeys();
var adminPassword = builder.AddGeneratedSecret("admin-password");

var catalog = builder.AddProject<Projects.Catalog_Api>("catalog-api")
    .WithReference(catalogDb).WaitFor(catalogDb)
    .WithReference(messaging)
    .WithEnvironment("Tokens__PublicKey", publicKey)
    .WithHttpHealthCheck("/health");

var ordering = builder.AddProject<Projects.Ordering_Api>("ordering-api")
    .WithReference(orderingDb).WaitFor(orderingDb)
    .WithReference(messaging)
    .WithEnvironment("Tokens__PublicKey", publicKey)
    .WithHttpHealthCheck("/health");

var basket = builder.AddProject<Projects.Basket_Api>("basket-api")
    .WithReference(baskets).WaitFor(baskets)
    .WithReference(messaging)
    .WithEnvironment("Tokens__PublicKey", publicKey)
    .WithEnvironment("Checkout__OrdersUrl", ordering.GetEndpoint("http"))
    .WithHttpHealthCheck("/health");

var webApp = builder.AddProject<Projects.WebApp>("webapp")
    .WithReference(identityDb).WaitFor(identityDb)
    .WithReference(cache)
    .WithReference(messaging)
    .WithReference(catalog)
    .WithReference(basket)
    .WithReference(ordering)
    .WithEnvironment("Tokens__SigningKey", signingKey)
    .WithEnvironment("Admin__Password", adminPassword)
    .WithFlowLinks()
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");

builder.RunServersAsProcessesWithoutContainers();
builder.RunProjectsFromBuildOutput();
builder.AnnounceWhenHealthy(webApp);

builder.Build().Run();
