using Basket.Api.Baskets;
using Basket.Api.Checkouts;
using Basket.Grpc;
using Grpc.Core;
using Contract = global::Basket.Grpc;

namespace Basket.Api.Grpc;

/// <summary>The operations over gRPC, for WebApp.</summary>
public sealed class BasketGrpcService(
    ViewBasket view, AddItem addItem, SetQuantity setQuantity, RemoveItem remove, ClearBasket clear, MergeBasket merge, CheckOut checkOut)
    : Contract.Basket.BasketBase
{
    public override async Task<Contract.BasketView> Get(GetBasketRequest request, ServerCallContext context) =>
        (await view.RunAsync(BuyerOf(context))).ToMessage();

    public override async Task<Contract.BasketView> AddItem(AddItemRequest request, ServerCallContext context) =>
        Require(await addItem.RunAsync(BuyerOf(context), new AddItem.Request(request.ProductId, request.Quantity))).ToMessage();

    public override async Task<Contract.BasketView> SetQuantity(SetQuantityRequest request, ServerCallContext context) =>
        Require(request.Quantity == 0
            ? await remove.RunAsync(BuyerOf(context), request.ProductId)
            : await setQuantity.RunAsync(BuyerOf(context), request.ProductId, new SetQuantity.Request(request.Quantity))).ToMessage();

    public override async Task<Contract.BasketView> Clear(ClearBasketRequest request, ServerCallContext context) =>
        (await clear.RunAsync(BuyerOf(context))).ToMessage();

    public override async Task<Contract.BasketView> Merge(MergeBasketRequest request, ServerCallContext context) =>
        Require(await merge.RunAsync(BuyerOf(context))).ToMessage();

    public override async Task<Contract.CheckoutReply> Checkout(Contract.CheckoutRequest request, ServerCallContext context)
    {
        var reply = Require(await checkOut.RunAsync(BuyerOf(context), request.IdempotencyKey, request.ToRequest(), context.CancellationToken));
        return new Contract.CheckoutReply { OrderId = $"{reply.OrderId}" };
    }

    private static Buyer BuyerOf(ServerCallContext context) => Buyer.From(context.GetHttpContext().User);

    private static T Require<T>(Outcome<T> outcome) => outcome.IsRefused ? throw outcome.Refusal.ToRpcException() : outcome.Value;
}
