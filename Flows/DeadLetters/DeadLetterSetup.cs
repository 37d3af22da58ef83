namespace Flows.DeadLetters;

public static class DeadLetterSetup
{
    public static void AddDeadLetters(this IServiceCollection services, DeadLetterSettings settings)
    {
        services.AddSingleton(settings).AddSingleton<DeadLetterStore>().AddSingleton<DeadLetterClient>()
            .AddSingleton<DeadLetterActions>();
        services.AddSingleton<DeadLetterPoller>().AddHostedService(provider => provider.GetRequiredService<DeadLetterPoller>());
    }
}
