namespace WebApp.Clients;

/// <param name="Brand">For example "Visa"; null when it is not known.</param>
public sealed record PaymentMethod(string? Brand, string Last4)
{
    /// <summary>For example "Visa ending in 4242".</summary>
    public override string ToString() => $"{Brand ?? "card"} ending in {Last4}";
}
