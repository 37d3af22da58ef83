namespace Journeys;

internal static class Cards
{
    public const string Good = "4242424242424242";
    public const string Declined = "4000000000000002";
}
