using System.Net.Sockets;
using System.Text.Json;
using EventBus.Failure;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using StackExchange.Redis;

namespace EventBus.Tests.Failure;

public sealed class FailurePolicyTests
{
    private static readonly EventBusOptions Options = new() { ImmediateTries = 3, RetryDelays = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)] };

    [Theory]
    [InlineData(PostgresErrorCodes.DeadlockDetected)]
    [InlineData(PostgresErrorCodes.SerializationFailure)]
    public void TransientFault_IsTriedOnTheSpot_ThenLater(string state)
    {
        var fault = new DbUpdateException("save failed", new PostgresException("in the way", "ERROR", "ERROR", state));

        Assert.IsType<FailureDecision.TryNow>(FailurePolicy.Decide(fault, tries: 1, attempt: 1, Options));
        Assert.IsType<FailureDecision.TryNow>(FailurePolicy.Decide(fault, tries: 2, attempt: 1, Options));
        Assert.Equal(new FailureDecision.TryLater(TimeSpan.FromSeconds(5)), FailurePolicy.Decide(fault, tries: 3, attempt: 1, Options));
    }

    [Fact]
    public void OtherFault_ClimbsTheLadder_AndEndsAsDeadLetter()
    {
        var fault = new InvalidOperationException("bug");

        Assert.Equal(new FailureDecision.TryLater(TimeSpan.FromSeconds(5)), FailurePolicy.Decide(fault, 1, attempt: 1, Options));
        Assert.Equal(new FailureDecision.TryLater(TimeSpan.FromSeconds(30)), FailurePolicy.Decide(fault, 1, attempt: 2, Options));
        Assert.Equal(new FailureDecision.DeadLetter("handler-failed"), FailurePolicy.Decide(fault, 1, attempt: 3, Options));
    }

    [Fact]
    public void BodyThatIsNotTheMessage_IsParkedAtOnce() =>
        Assert.Equal(new FailureDecision.DeadLetter("bad-body"), FailurePolicy.Decide(new JsonException(), 1, 1, Options));

    [Fact]
    public void StoreThatIsAway_IsWaitedFor_HoweverLong()
    {
        Exception[] faults =
        [
            new NpgsqlException("no connection", new SocketException()),
            new PostgresException("shutting down", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown),
            new RedisTimeoutException(CommandFlags.None, "no answer", CommandStatus.Sent),
        ];

        Assert.All(faults, fault => Assert.IsType<FailureDecision.WaitForStore>(FailurePolicy.Decide(fault, tries: 1000, attempt: 3, Options)));
    }
}
