using Microsoft.Extensions.Options;

namespace WebApp;

public static class ShopSetup
{
    private const string AddressOfLaunchSettings = "http://localhost:5100";

    /// <summary>Settings that several features need.</summary>
    public static void AddShop(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<ShopOptions>, ShopOptionsValidator>();
        builder.Services.AddOptions<ShopOptions>()
            .Configure(shop => shop.PublicUrl = builder.Environment.IsDevelopment() ? AddressOfLaunchSettings : "")
            .BindConfiguration(ShopOptions.SectionName).ValidateOnStart();
    }
}
