using Basket.Api.Baskets;
using Basket.Api.Checkouts;
using Basket.Grpc;
using Grpc.Core;
using ServiceDefaults.Api;
using Contract = global::Basket.Grpc;

namespace Basket.Api.Grpc;

/// <summary>The operations over gRPC, for WebApp.</summary>
internal sealed class BasketGrpcService(
    ViewBasket view,
    AddItem addItem,
    SetQuantity setQuantity,
    RemoveItem remove,
    ClearBasket clear,
    MergeBasket merge,
    CheckOut checkOut,
    RequestValidation validation)
    : Contract.Basket.BasketBase
{
    public override async Task<Contract.BasketView> Get(GetBasketRequest request, ServerCallContext context) =>
        (await view.RunAsync(BuyerOf(context))).ToMessage();

    public override async Task<Contract.BasketView> AddItem(AddItemRequest request, ServerCallContext context)
    {
        var item = new AddItem.Request(request.ProductId, request.Quantity);
        await RequireValidAsync(item, context);
        return Require(await addItem.RunAsync(BuyerOf(context), item)).ToMessage();
    }

    public override async Task<Contract.BasketView> SetQuantity(SetQuantityRequest request, ServerCallContext context)
    {
        if (request.Quantity == 0)
        {
            return Require(await remove.RunAsync(BuyerOf(context), request.ProductId)).ToMessage();
        }

        var quantity = new SetQuantity.Request(request.Quantity);
        await RequireValidAsync(quantity, context);
        return Require(await setQuantity.RunAsync(BuyerOf(context), request.ProductId, quantity)).ToMessage();
    }

    public override async Task<Contract.BasketView> Clear(ClearBasketRequest request, ServerCallContext context) =>
        (await clear.RunAsync(BuyerOf(context))).ToMessage();

    public override async Task<Contract.BasketView> Merge(MergeBasketRequest request, ServerCallContext context) =>
        Require(await merge.RunAsync(BuyerOf(context))).ToMessage();

    public override async Task<Contract.CheckoutReply> Checkout(Contract.CheckoutRequest request, ServerCallContext context)
    {
        var checkout = request.ToRequest();
        await RequireValidAsync(checkout, context, request.IdempotencyKey);
        var reply = Require(await checkOut.RunAsync(BuyerOf(context), request.IdempotencyKey, checkout, context.CancellationToken));
        return new Contract.CheckoutReply { OrderId = $"{reply.OrderId}" };
    }

    private async Task RequireValidAsync(object request, ServerCallContext context, string? idempotencyKey = null)
    {
        var faults = await validation.FindFaultsAsync(request, context.GetHttpContext().RequestServices, context.CancellationToken);

        if (idempotencyKey is not null && !IdempotencyKey.IsValid(idempotencyKey))
        {
            faults[nameof(idempotencyKey)] = [IdempotencyKey.Fault];
        }

        if (faults.Count > 0)
        {
            throw Refusal.Invalid(faults).ToRpcException();
        }
    }

    private static Buyer BuyerOf(ServerCallContext context) => Buyer.From(context.GetHttpContext());

    private static T Require<T>(Outcome<T> outcome) => outcome.IsRefused ? throw outcome.Refusal.ToRpcException() : outcome.Value;
}
