using WebApp.Clients;

namespace WebApp.Tests.Clients;

public sealed class CatalogQueryTests
{
    [Fact]
    public void ToPath_SaysWhatIsLookedFor_AndLeavesDefaultsOut()
    {
        var query = new CatalogQuery { Search = "lämp & co", Types = [3, 1], MinPrice = 9.5m, InStock = true, Sort = "-price", Page = 2 };

        Assert.Equal("/?q=l%C3%A4mp%20%26%20co&type=3&type=1&min=9.5&stock=1&sort=-price&page=2", query.ToPath());
        Assert.Equal("/", new CatalogQuery().ToPath());
    }

    [Fact]
    public void ToApiQuery_CountsPagesFromZero() =>
        Assert.Equal(
            "name=lamp&brand=4&pageIndex=2&pageSize=24", new CatalogQuery { Search = "lamp", Brands = [4], Page = 3 }.ToApiQuery());

    [Fact]
    public void Choosing_Again_TakesTheChoiceBack_AndGoesToTheFirstPage()
    {
        var query = new CatalogQuery { Types = [1], Page = 5 };

        Assert.Equal([1, 2], query.WithType(2).Types);
        Assert.Empty(query.WithType(1).Types);
        Assert.Equal(1, query.WithType(2).Page);
    }
}
