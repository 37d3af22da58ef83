using System.Text.Json;

namespace ServiceBusBroker;

/// <summary>Creates the entities of deploy/azure/servicebus-topology.json, as servicebus.bicep does in Azure.</summary>
public static class TopologyFile
{
    private static readonly EntityOptions Options = new() { RequiresSession = true, MaxDeliveryCount = 1000 };

    /// <param name="broker">The broker.</param>
    /// <param name="path">The file.</param>
    public static void CreateFromFile(this TestServiceBus broker, string path)
    {
        using var topology = JsonDocument.Parse(File.ReadAllText(path));
        var root = topology.RootElement;
        var topic = root.GetProperty("topic").GetString()!;
        broker.CreateTopic(topic);
        foreach (var rules in root.GetProperty("rules").EnumerateArray().GroupBy(rule => rule.GetProperty("subscription").GetString()!))
        {
            broker.CreateSubscription(topic, rules.Key, Options, rules.Select(Read));
        }

        foreach (var queue in root.GetProperty("queues").EnumerateArray())
        {
            broker.CreateQueue(queue.GetString()!, Options);
        }
    }

    private static CorrelationRule Read(JsonElement rule)
    {
        var filter = rule.GetProperty("filter");
        return new CorrelationRule(rule.GetProperty("name").GetString()!)
        {
            Subject = filter.TryGetProperty("label", out var subject) ? subject.GetString() : null,
            Properties = filter.TryGetProperty("properties", out var properties)
                ? properties.EnumerateObject().ToDictionary(property => property.Name, property => (object)property.Value.GetString()!)
                : [],
        };
    }
}
