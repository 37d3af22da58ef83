using Microsoft.EntityFrameworkCore;

namespace WebApp.Identity.Addresses;

/// <summary>The saved addresses of users. Each call names the user, so it cannot reach an address of another person.</summary>
public sealed class SavedAddresses(IdentityContext db, TimeProvider clock)
{
    /// <summary>The most of one user; the oldest one makes room for a new one.</summary>
    public const int Most = 20;

    private DbSet<SavedAddress> All => db.Set<SavedAddress>();

    /// <summary>The default one first, then the newest.</summary>
    public Task<List<SavedAddress>> ListAsync(Guid user, CancellationToken cancellationToken) =>
        All.AsNoTracking().Where(address => address.UserId == user)
            .OrderByDescending(address => address.IsDefault).ThenByDescending(address => address.AddedAt)
            .ToListAsync(cancellationToken);

    public Task<SavedAddress?> FindAsync(Guid user, Guid id, CancellationToken cancellationToken) =>
        All.AsNoTracking().SingleOrDefaultAsync(address => address.UserId == user && address.Id == id, cancellationToken);

    /// <param name="user">The owner.</param>
    /// <param name="id">Null for a new address.</param>
    /// <param name="form">Must be valid.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>False when the user has no such address.</returns>
    public async Task<bool> SaveAsync(Guid user, Guid? id, AddressForm form, CancellationToken cancellationToken)
    {
        var all = await All.Where(address => address.UserId == user).OrderBy(address => address.AddedAt).ToListAsync(cancellationToken);
        var address = id is null ? Add(user, all, form) : all.SingleOrDefault(address => address.Id == id);

        if (address is null)
        {
            return false;
        }

        (address.Name, address.Street, address.ZipCode) = (form.Name!.Trim(), form.Street!.Trim(), form.ZipCode!.Trim());
        (address.City, address.Country) = (form.City!.Trim(), form.Country!);
        address.State = form.State?.Trim() is { Length: > 0 } state ? state : null;

        if (form.IsDefault || all.All(other => other == address || !other.IsDefault))
        {
            all.ForEach(other => other.IsDefault = false);
            address.IsDefault = true;
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    public async Task DeleteAsync(Guid user, Guid id, CancellationToken cancellationToken)
    {
        var all = await All.Where(address => address.UserId == user).OrderByDescending(address => address.AddedAt)
            .ToListAsync(cancellationToken);

        if (all.SingleOrDefault(address => address.Id == id) is { } address)
        {
            All.Remove(address);

            if (address.IsDefault && all.FirstOrDefault(other => other != address) is { } next)
            {
                next.IsDefault = true;
            }

            await db.SaveChangesAsync(cancellationToken);
        }
    }

    public async Task MakeDefaultAsync(Guid user, Guid id, CancellationToken cancellationToken)
    {
        var all = await All.Where(address => address.UserId == user).ToListAsync(cancellationToken);

        if (all.Any(address => address.Id == id))
        {
            all.ForEach(address => address.IsDefault = address.Id == id);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private SavedAddress Add(Guid user, List<SavedAddress> all, AddressForm form)
    {
        foreach (var old in all.Where(address => !address.IsDefault).Take(Math.Max(0, all.Count - Most + 1)).ToArray())
        {
            All.Remove(old);
            all.Remove(old);
        }

        var address = new SavedAddress
        {
            Id = Guid.CreateVersion7(), UserId = user, AddedAt = clock.GetUtcNow(),
            Name = form.Name!, Street = form.Street!, ZipCode = form.ZipCode!, City = form.City!, Country = form.Country!,
        };
        All.Add(address);
        all.Add(address);
        return address;
    }
}
