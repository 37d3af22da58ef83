using StackExchange.Redis;

namespace Basket.Api.Products;

/// <summary>The replica of Catalog's products in Redis: <c>product:{id}</c> is one product, <c>products</c> the set of those known in full.</summary>
public sealed class ProductStore(IConnectionMultiplexer redis)
{
    private const string KnownKey = "products";

    private IDatabase Database => redis.GetDatabase();

    public async Task<Product?> FindAsync(int id)
    {
        var json = await Database.StringGetAsync(KeyOf(id));
        return json.IsNull ? null : Product.FromJson(json!);
    }

    /// <summary>Products by id; one that Catalog never told of is missing.</summary>
    public async Task<Dictionary<int, Product>> FindAsync(IReadOnlyCollection<int> ids)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var found = await Database.StringGetAsync([.. ids.Select(KeyOf)]);
        return found.Where(json => !json.IsNull).Select(json => Product.FromJson(json!)).ToDictionary(product => product.Id);
    }

    public async Task<long> CountKnownAsync() => await Database.SetLengthAsync(KnownKey);

    /// <summary>
    /// Adds the change to the step, on condition that nobody changes the product meanwhile: what was decided by its versions then
    /// still holds. An event that says nothing new writes nothing.
    /// </summary>
    public static async Task ChangeAsync(RedisUnitOfWork step, int id, Func<Product, Product> change)
    {
        var key = KeyOf(id);
        var json = await step.Database.StringGetAsync(key);
        var old = json.IsNull ? new Product(id) : Product.FromJson(json!);
        var changed = change(old);

        if (changed == old)
        {
            return;
        }

        step.Transaction.AddCondition(json.IsNull ? Condition.KeyNotExists(key) : Condition.StringEqual(key, json));
        _ = step.Transaction.StringSetAsync(key, changed.ToJson());

        if (changed.IsKnown())
        {
            _ = step.Transaction.SetAddAsync(KnownKey, id);
        }
    }

    private static RedisKey KeyOf(int id) => $"product:{id}";
}
