using StackExchange.Redis;

namespace Basket.Api.Products;

/// <summary>The replica of Catalog's products in Redis; <c>product:{id}</c> is one product.</summary>
public sealed class ProductStore(IConnectionMultiplexer redis)
{
    private IDatabase Database => redis.GetDatabase();

    public async Task<Product?> FindAsync(int id)
    {
        var json = await Database.StringGetAsync(KeyOf(id));
        return json.IsNull ? null : Product.FromJson(json!);
    }

    /// <summary>Products by id; those that the replica does not have are missing.</summary>
    public async Task<Dictionary<int, Product>> FindAsync(IReadOnlyCollection<int> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var found = await Database.StringGetAsync([.. ids.Select(KeyOf)]);
        return found.Where(json => !json.IsNull).Select(json => Product.FromJson(json!)).ToDictionary(product => product.Id);
    }

    /// <summary>Takes over the states that the change feed reports. Events may change the same products at the same time.</summary>
    public Task ApplyAsync(IReadOnlyList<FeedProduct> changes) => Task.WhenAll(changes.Select(ApplyAsync));

    /// <summary>
    /// Adds the change to the step, on condition that nothing else changes the product in between: the change depends on the versions that
    /// were read. Nothing is written when the product stays the same. A batch of messages never has two of one product.
    /// </summary>
    public static Task ChangeAsync(RedisUnitOfWork step, int id, Func<Product, Product> change) =>
        ChangeAsync(step.Database, step.Transaction, id, change);

    private async Task ApplyAsync(FeedProduct state)
    {
        bool isDone;

        do
        {
            // Repeated only when an event changed the product between reading and writing.
            var transaction = Database.CreateTransaction();
            isDone = !await ChangeAsync(Database, transaction, state.ProductId, product => product.Apply(state))
                || await transaction.ExecuteAsync();
        }
        while (!isDone);
    }

    private static async Task<bool> ChangeAsync(IDatabase database, ITransaction transaction, int id, Func<Product, Product> change)
    {
        var key = KeyOf(id);
        var json = await database.StringGetAsync(key);
        var old = json.IsNull ? new Product(id) : Product.FromJson(json!);
        var changed = change(old);

        if (changed == old)
        {
            return false;
        }

        transaction.AddCondition(json.IsNull ? Condition.KeyNotExists(key) : Condition.StringEqual(key, json));
        _ = transaction.StringSetAsync(key, changed.ToJson());
        return true;
    }

    private static RedisKey KeyOf(int id) => $"product:{id}";
}
