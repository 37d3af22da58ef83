namespace Servers;

/// <summary>What an account of RabbitMQ may do, as patterns of names. Default: everything.</summary>
public sealed record BrokerRights(string Configure = ".*", string Write = ".*", string Read = ".*", string Tags = "");
