namespace EventBus.Tests.AzureServiceBus;

public sealed class NamespaceAddressTests
{
    [Theory]
    [InlineData("shop.servicebus.windows.net")]
    [InlineData("shop-1.servicebus.chinacloudapi.cn")]
    [InlineData("Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=shop;SharedAccessKey=c2VjcmV0")]
    public async Task Address_OfANamespace_IsAccepted(string value)
    {
        await using var client = NamespaceAddress.Parse("ConnectionStrings:messaging", value).Connect("Shop.Api");

        Assert.Contains(".servicebus.", client.FullyQualifiedNamespace, StringComparison.Ordinal);
        Assert.Equal("Shop.Api", client.Identifier);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("shop")]
    [InlineData("amqp://user:c2VjcmV0@broker")]
    [InlineData("Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=shop")]
    [InlineData("Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=shop;SharedAccessKey=c2VjcmV0;EntityPath=events")]
    public void OtherText_IsRefused_WithTheSettingAndTheFix_WithoutItsSecret(string? value)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => NamespaceAddress.Parse("ConnectionStrings:messaging", value));

        Assert.StartsWith(
            "ConnectionStrings:messaging is not the address of a Service Bus namespace.", refused.Message, StringComparison.Ordinal);
        Assert.Contains("shop.servicebus.windows.net", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", $"{refused}", StringComparison.Ordinal);
    }
}
