using Ordering.Api.Webhooks;

namespace Ordering.Api.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    // The example of the Standard Webhooks specification's reference libraries.
    [Fact]
    public void Sign_ExampleOfTheStandard_GivesItsSignature() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSignature.Sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""));

    [Fact]
    public void CreateSecret_Twice_GivesTwoOfThirtyTwoBytes()
    {
        var (first, second) = (WebhookSignature.CreateSecret(), WebhookSignature.CreateSecret());

        Assert.NotEqual(first, second);
        Assert.Equal(32, Convert.FromBase64String(first["whsec_".Length..]).Length);
    }
}
