using Hosting.Flows;
using Hosting.Processes;

// Another Aspire app than the shop: two services that use RabbitMQ's client with its own instrumentation. The line with AddFlows is all
// that it needs to show their messages as flows.
var builder = DistributedApplication.CreateBuilder(args);

var broker = builder.AddRabbitMQ("broker").RunAsProcess();
builder.AddProject<Projects.ForeignApp>("billing").WithArgs("receive").WithReference(broker).WaitFor(broker);
builder.AddProject<Projects.ForeignApp>("sales").WithArgs("send").WithReference(broker).WaitFor(broker);
builder.AddFlows<Projects.Flows>();

builder.Build().Run();
