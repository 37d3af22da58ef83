using Basket.Grpc;
using Grpc.Core;
using WebApp.Identity;
using WebApp.Identity.Tokens;

namespace WebApp.Clients;

/// <summary>Reads and changes the visitor's basket, over gRPC-Web.</summary>
public sealed partial class BasketClient(global::Basket.Grpc.Basket.BasketClient grpc, TokenIssuer tokens, ILogger<BasketClient> logger)
{
    public Task<Reply<BasketView>> GetAsync(Visitor visitor, CancellationToken cancellationToken) =>
        CallAsync(grpc.GetAsync(new GetBasketRequest(), Headers(visitor), cancellationToken: cancellationToken), cancellationToken);

    /// <summary>Adds pieces to those in the basket.</summary>
    public Task<Reply<BasketView>> AddItemAsync(Visitor visitor, int productId, int quantity, CancellationToken cancellationToken) =>
        CallAsync(
            grpc.AddItemAsync(
                new AddItemRequest { ProductId = productId, Quantity = quantity }, Headers(visitor), cancellationToken: cancellationToken),
            cancellationToken);

    public Task<Reply<BasketView>> SetQuantityAsync(Visitor visitor, int productId, int quantity, CancellationToken cancellationToken) =>
        CallAsync(
            grpc.SetQuantityAsync(
                new SetQuantityRequest { ProductId = productId, Quantity = quantity }, Headers(visitor),
                cancellationToken: cancellationToken),
            cancellationToken);

    /// <summary>Removes the lines that cannot be bought, and lowers quantities to what is left. Returns the basket after that.</summary>
    public async Task<Reply<BasketView>> TidyAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        var basket = await GetAsync(visitor, cancellationToken);

        foreach (var line in basket.Value?.Lines.Where(line => !line.IsAvailable || line.AvailableStock < line.Quantity) ?? [])
        {
            var quantity = line.IsAvailable ? line.AvailableStock : 0;
            var changed = await SetQuantityAsync(visitor, line.ProductId, quantity, cancellationToken);
            basket = changed.IsSuccess || changed.IsUnavailable ? changed : basket;
        }

        return basket;
    }

    /// <summary>Moves the basket of the visitor's <see cref="Visitor.MergedGuest"/> into their own.</summary>
    public Task<Reply<BasketView>> MergeAsync(Visitor visitor, CancellationToken cancellationToken) =>
        CallAsync(grpc.MergeAsync(new MergeBasketRequest(), Headers(visitor), cancellationToken: cancellationToken), cancellationToken);

    public Task<Reply<CheckoutReply>> CheckoutAsync(Visitor visitor, CheckoutRequest request, CancellationToken cancellationToken) =>
        CallAsync(grpc.CheckoutAsync(request, Headers(visitor), cancellationToken: cancellationToken), cancellationToken);

    private Metadata Headers(Visitor visitor) => new() { { "Authorization", $"Bearer {tokens.Issue(visitor).Value}" } };

    private async Task<Reply<T>> CallAsync<T>(AsyncUnaryCall<T> call, CancellationToken cancellationToken)
    {
        using (call)
        {
            try
            {
                return Reply.Success(await call);
            }
            catch (RpcException fault) when (!cancellationToken.IsCancellationRequested)
            {
                return fault.StatusCode switch
                {
                    StatusCode.NotFound => new(ReplyStatus.NotFound, default, fault.Status.Detail),
                    StatusCode.AlreadyExists => new(ReplyStatus.AlreadyDone, default, fault.Status.Detail),
                    StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange or StatusCode.Aborted
                        or StatusCode.ResourceExhausted => new(ReplyStatus.Refused, default, fault.Status.Detail)
                            { Errors = BasketErrors.Read(fault), Products = BasketErrors.ReadProducts(fault) },
                    _ => Unavailable<T>(fault),
                };
            }
        }
    }

    private Reply<T> Unavailable<T>(RpcException fault)
    {
        LogUnavailable(fault.Status.Detail);
        return Reply.Unavailable<T>();
    }
}
