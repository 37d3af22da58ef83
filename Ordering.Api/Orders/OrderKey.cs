using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Ordering.Api.Orders;

/// <summary>
/// The secret in the links of an order's mails: a client that has it may see and cancel the order, without an account. Clients send it in a
/// header, because addresses are written to logs.
/// </summary>
internal static class OrderKey
{
    public const string Header = "Order-Key";

    public const string Meaning =
        "The key from the link in a mail about this order, or from POST /api/orders/find. It replaces being the order's buyer.";

    private const int Bytes = 24;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Compares in constant time: the time of the answer does not show how much of a guess is right.</summary>
    public static bool IsKeyOf(this string? key, Order order) => key is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(order.AccessKey));
}
