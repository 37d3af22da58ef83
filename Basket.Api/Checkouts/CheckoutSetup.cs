namespace Basket.Api.Checkouts;

public static class CheckoutSetup
{
    public static void AddCheckouts(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CheckoutOptions>().BindConfiguration(CheckoutOptions.SectionName)
            .Validate(options => options.ReplyLifetime > TimeSpan.Zero, "Checkout:ReplyLifetime must be positive.")
            .ValidateOnStart();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<CheckOut>();
    }
}
