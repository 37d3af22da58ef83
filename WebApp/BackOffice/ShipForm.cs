namespace WebApp.BackOffice;

/// <summary>Ordering.Api checks the fields.</summary>
public sealed class ShipForm
{
    public string? Carrier { get; set; }

    public string? TrackingNumber { get; set; }
}
