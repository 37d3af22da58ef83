using System.Reflection;
using Contracts.Catalog;

namespace Architecture;

public sealed class ContractTests
{
    /// <summary>
    /// Other systems subscribe to these names, and messages with them wait in queues. So a name never changes, and its row is removed only
    /// when nothing sends or receives it any more.
    /// </summary>
    public static TheoryData<string, string> WireNames => new()
    {
        { "Contracts.Audit.RecordAction", "audit.record-action" },
        { "Contracts.Basket.BasketCheckedOut", "basket.basket-checked-out" },
        { "Contracts.Catalog.PriceChanged", "catalog.price-changed" },
        { "Contracts.Catalog.ProductChanged", "catalog.product-changed" },
        { "Contracts.Catalog.ProductDiscontinued", "catalog.product-discontinued" },
        { "Contracts.Catalog.StockLevelChanged", "catalog.stock-level-changed" },
        { "Contracts.Catalog.StockRejected", "catalog.stock-rejected" },
        { "Contracts.Catalog.StockReserved", "catalog.stock-reserved" },
        { "Contracts.Identity.GuestAdopted", "identity.guest-adopted" },
        { "Contracts.Identity.MailPasswordLink", "identity.mail-password-link" },
        { "Contracts.Identity.UserChanged", "identity.user-changed" },
        { "Contracts.Identity.UserDeleted", "identity.user-deleted" },
        { "Contracts.Identity.UserRegistered", "identity.user-registered" },
        { "Contracts.Mail.SendMail", "mail.send-mail" },
        { "Contracts.Ordering.ExpireOrder", "ordering.expire-order" },
        { "Contracts.Ordering.OrderCancelled", "ordering.order-cancelled" },
        { "Contracts.Ordering.OrderPaid", "ordering.order-paid" },
        { "Contracts.Ordering.OrderPlaced", "ordering.order-placed" },
        { "Contracts.Ordering.OrderRefunded", "ordering.order-refunded" },
        { "Contracts.Ordering.OrderShipped", "ordering.order-shipped" },
        { "Contracts.Ordering.OrderStockReserved", "ordering.order-stock-reserved" },
        { "Contracts.Ordering.RefundPayment", "ordering.refund-payment" },
        { "Contracts.Ordering.TakePayment", "ordering.take-payment" },
    };

    public static TheoryData<Type> Types => [.. Assembly.GetExportedTypes().Except(Constants)];

    // Static classes with the allowed values of a message's property.
    private static IEnumerable<Type> Constants => Assembly.GetExportedTypes().Where(type => type.IsAbstract && type.IsSealed);

    private static Assembly Assembly => typeof(PriceChanged).Assembly;

    [Theory]
    [MemberData(nameof(WireNames))]
    public void WireName_OfEachMessage_IsPinned(string type, string expected) =>
        Assert.Equal(expected, EventBus.Messages.WireName.Of(Assembly.GetType(type, throwOnError: true)!));

    [Fact]
    public void EveryMessage_HasItsRowAbove()
    {
        // A type is a message unless it is part of another message.
        var parts = Assembly.GetExportedTypes().SelectMany(PartsOf).ToHashSet();
        var messages = Assembly.GetExportedTypes().Except(Constants).Where(type => !parts.Contains(type));

        Assert.Equal(
            messages.Select(type => type.FullName!).Order(StringComparer.Ordinal),
            WireNames.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Contract_IsASealedRecord(Type type)
    {
        Assert.True(type.IsSealed, $"{type} is not sealed.");
        Assert.True(type.GetMethod("<Clone>$") is not null, $"{type} is not a record.");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Contract_HasNoBehaviourOfItsOwn(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        string[] ofRecords = ["<Clone>$", "Deconstruct", "Equals", "GetHashCode", "ToString"];

        var own = type.GetMethods(Declared).Where(method => !method.IsSpecialName && !ofRecords.Contains(method.Name));

        Assert.Empty(own);
    }

    [Fact]
    public void Contracts_ReferenceNothing()
    {
        Assert.Empty(SourceTree.Items("Contracts/Contracts.csproj", "PackageReference"));
        Assert.Empty(SourceTree.Items("Contracts/Contracts.csproj", "FrameworkReference"));
        Assert.Empty(SourceTree.ReferencesOf("Contracts/Contracts.csproj"));
    }

    private static IEnumerable<Type> PartsOf(Type type) =>
        from property in type.GetProperties()
        let part = property.PropertyType
        from inner in part.IsGenericType ? part.GetGenericArguments() : [part]
        where inner.Assembly == Assembly
        select inner;
}
