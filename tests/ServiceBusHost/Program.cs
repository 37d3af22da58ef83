using System.Globalization;
using ServiceBusBroker;

// The broker for tests as a program, with the entities of the shop: dotnet run --project tests/ServiceBusHost -- 5673
// It prints the connection string for AppHost:
// dotnet run --project AppHost -- --Shop:Broker=servicebus --ConnectionStrings:messaging="…"
var port = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 0;
await using var broker = new TestServiceBus(port);
broker.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "servicebus-topology.json"));
Console.WriteLine(broker.ConnectionString);

var stopped = new TaskCompletionSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopped.TrySetResult();
};
AppDomain.CurrentDomain.ProcessExit += (_, _) => stopped.TrySetResult();
await stopped.Task;
