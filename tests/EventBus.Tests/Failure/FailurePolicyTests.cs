using System.Net.Sockets;
using System.Text.Json;
using EventBus.Failure;
using EventBus.Messages;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using StackExchange.Redis;

namespace EventBus.Tests.Failure;

public sealed class FailurePolicyTests
{
    private static readonly EventBusOptions Options =
        new() { ImmediateTries = 3, RetryDelays = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)] };

    private static readonly FailurePolicy Postgres = new(new PostgresFaults(), Options);
    private static readonly FailurePolicy Redis = new(new RedisFaults(), Options);

    [Theory]
    [InlineData(PostgresErrorCodes.DeadlockDetected)]
    [InlineData(PostgresErrorCodes.SerializationFailure)]
    public void TransientFault_IsRetriedInPlace_ThenLater(string state)
    {
        var fault = new DbUpdateException("save failed", new PostgresException("in the way", "ERROR", "ERROR", state));

        Assert.IsType<FailureDecision.TryNow>(Postgres.Decide(fault, waits: 7, conflicts: 0, attempt: 1));
        Assert.IsType<FailureDecision.TryNow>(Postgres.Decide(fault, waits: 7, conflicts: 1, attempt: 1));
        Assert.Equal(new FailureDecision.TryLater(TimeSpan.FromSeconds(5)), Postgres.Decide(fault, waits: 7, conflicts: 2, attempt: 1));
    }

    [Fact]
    public void OtherFault_IsRetriedWithEachDelay_ThenDeadLettered()
    {
        var fault = new InvalidOperationException("bug");

        Assert.Equal(new FailureDecision.TryLater(TimeSpan.FromSeconds(5)), Postgres.Decide(fault, 0, 0, attempt: 1));
        Assert.Equal(new FailureDecision.TryLater(TimeSpan.FromSeconds(30)), Postgres.Decide(fault, 0, 0, attempt: 2));
        Assert.Equal(new FailureDecision.DeadLetter("handler-failed"), Postgres.Decide(fault, 0, 0, attempt: 3));
    }

    [Fact]
    public void UnreadableBody_IsDeadLetteredAtOnce() => Assert.Equal(
        new FailureDecision.DeadLetter("bad-body"), Postgres.Decide(new UnreadableBodyException(new JsonException()), 0, 0, 1));

    [Fact]
    public void UnreadableAnswerToAHandler_IsAFailureOfTheHandler() => Assert.Equal(
        new FailureDecision.TryLater(TimeSpan.FromSeconds(5)), Postgres.Decide(new JsonException(), 0, 0, 1));

    [Fact]
    public void UnreachableStore_IsWaitedFor_HoweverOften()
    {
        Exception[] faults =
        [
            new NpgsqlException("no connection", new SocketException()),
            new PostgresException("shutting down", "FATAL", "FATAL", PostgresErrorCodes.AdminShutdown),
            new PostgresException("no space left on device", "ERROR", "ERROR", PostgresErrorCodes.DiskFull),
            new DbUpdateException(
                "save failed", new PostgresException("read-only transaction", "ERROR", "ERROR", PostgresErrorCodes.ReadOnlySqlTransaction)),
            new StoreUnavailableException(new TimeoutException("no answer")),
        ];

        Assert.All(
            faults,
            fault => Assert.IsType<FailureDecision.WaitForStore>(Postgres.Decide(fault, waits: 1000, conflicts: 0, attempt: 3)));

        var refused = Assert.Throws<RedisConnectionException>(
            () => ConnectionMultiplexer.Connect("127.0.0.1:1,connectTimeout=100,connectRetry=0"));
        Assert.IsType<FailureDecision.WaitForStore>(Redis.Decide(refused, waits: 1000, conflicts: 0, attempt: 3));
    }

    [Theory]
    [InlineData("OOM command not allowed when used memory > 'maxmemory'.")]
    [InlineData("MISCONF Errors writing to the AOF file: No space left on device")]
    [InlineData("READONLY You can't write against a read only replica.")]
    [InlineData("LOADING Redis is loading the dataset in memory")]
    [InlineData("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.")]
    [InlineData("CLUSTERDOWN The cluster is down")]
    public void RedisThatTakesNoWrites_IsWaitedFor_HoweverOften(string reply) =>
        Assert.IsType<FailureDecision.WaitForStore>(Redis.Decide(Reply(reply), waits: 1000, conflicts: 0, attempt: 3));

    [Fact]
    public void WrongCommand_IsAFailureOfTheHandler() => Assert.Equal(
        new FailureDecision.TryLater(TimeSpan.FromSeconds(5)),
        Redis.Decide(Reply("WRONGTYPE Operation against a key holding the wrong kind of value"), waits: 0, conflicts: 0, attempt: 1));

    /// <summary>A slow statement is slow at every try. Endless retries in place would block its key and a worker.</summary>
    [Fact]
    public void CommandTimeout_IsAFailureOfTheHandler()
    {
        var slow = new NpgsqlException("Exception while reading from stream", new TimeoutException("Timeout during reading attempt"));
        var slowSave = new DbUpdateException("save failed", slow);
        var slowRedis = new RedisTimeoutException(CommandFlags.None, "no answer", CommandStatus.Sent);

        Assert.Equal(new FailureDecision.TryLater(TimeSpan.FromSeconds(5)), Postgres.Decide(slow, waits: 0, conflicts: 0, attempt: 1));
        Assert.Equal(new FailureDecision.TryLater(TimeSpan.FromSeconds(30)), Postgres.Decide(slowSave, waits: 0, conflicts: 0, attempt: 2));
        Assert.Equal(new FailureDecision.DeadLetter("handler-failed"), Postgres.Decide(slow, waits: 0, conflicts: 0, attempt: 3));
        Assert.Equal(new FailureDecision.DeadLetter("handler-failed"), Redis.Decide(slowRedis, waits: 0, conflicts: 0, attempt: 3));
    }

#pragma warning disable CS0618 // The constructor that replaces it is experimental.
    private static RedisServerException Reply(string text) => new(text);
#pragma warning restore CS0618
}
