using Microsoft.Extensions.Options;

namespace EventBus;

/// <summary>Reports every fault of the settings at once, each with its name and value.</summary>
internal sealed class EventBusOptionsValidator : IValidateOptions<EventBusOptions>
{
    private const int LongestQueueName = 200;

    public ValidateOptionsResult Validate(string? name, EventBusOptions options)
    {
        var faults = new ValidateOptionsResultBuilder();

        if (options.QueueName.Length is 0 or > LongestQueueName)
        {
            faults.AddError($"EventBus:QueueName is '{options.QueueName}'; it must have 1 to {LongestQueueName} characters.");
        }

        InRange(nameof(options.Prefetch), options.Prefetch, 1, 2000);
        InRange(nameof(options.Concurrency), options.Concurrency, 1, 256);
        InRange(nameof(options.BatchSize), options.BatchSize, 1, 500);
        InRange(nameof(options.ImmediateTries), options.ImmediateTries, 1, 20);
        InRange(nameof(options.RelayBatchSize), options.RelayBatchSize, 1, 2000);

        AtLeast(nameof(options.HandlerTimeout), options.HandlerTimeout, TimeSpan.FromMilliseconds(1));
        AtLeast(nameof(options.DrainTimeout), options.DrainTimeout, TimeSpan.Zero);
        AtLeast(nameof(options.SweepInterval), options.SweepInterval, TimeSpan.FromMilliseconds(10));
        AtLeast(nameof(options.BrokerTimeout), options.BrokerTimeout, TimeSpan.FromMilliseconds(100));
        AtLeast(nameof(options.InboxRetention), options.InboxRetention, TimeSpan.FromMinutes(1));
        AtLeast(nameof(options.StuckAfter), options.StuckAfter, TimeSpan.FromSeconds(1));
        AtLeast(nameof(options.LongTransactionAfter), options.LongTransactionAfter, TimeSpan.FromSeconds(1));

        for (var i = 0; i < options.RetryLadder.Count; i++)
        {
            AtLeast($"{nameof(options.RetryDelays)}:{i}", options.RetryLadder[i], TimeSpan.FromMilliseconds(1));
        }

        return faults.Build();

        void InRange(string setting, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                faults.AddError($"EventBus:{setting} is {value}; it must be {least} to {most}.");
            }
        }

        void AtLeast(string setting, TimeSpan value, TimeSpan least)
        {
            if (value < least)
            {
                faults.AddError($"EventBus:{setting} is {value}; it must be at least {least}.");
            }
        }
    }
}
