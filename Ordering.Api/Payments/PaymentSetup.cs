namespace Ordering.Api.Payments;

internal static class PaymentSetup
{
    public static void AddPayments(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<PaymentOptions>()
            .BindConfiguration(PaymentOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        builder.Services.AddSingleton<IPaymentGateway, SimulatedPaymentGateway>();
    }
}
