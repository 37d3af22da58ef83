namespace Browser;

/// <summary>One system: header, content and footer are as wide as each other and centred, and lists fill that width.</summary>
public sealed class LayoutTests(Shop shop)
{
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    [InlineData(1920)]
    [InlineData(3440)]
    public async Task Lists_end_where_header_and_footer_end_and_the_page_is_centred(int width)
    {
        var page = await shop.VisitAsync(width: width);
        await page.GotoAsync("/?type=3");

        var edges = await page.EvaluateAsync<double[][]>(
            """
            () => [".site-header .frame", "main", ".site-footer .frame", ".products"].map(selector => {
              const element = document.querySelector(selector);
              const { left, right } = element.getBoundingClientRect();
              const { paddingLeft, paddingRight } = getComputedStyle(element);
              return [left + parseFloat(paddingLeft), document.documentElement.clientWidth - right + parseFloat(paddingRight)];
            })
            """);

        var (header, rest) = (edges[0], edges[1..]);
        Assert.Equal(header[0], header[1], tolerance: 1);
        Assert.All(rest, edge => Assert.Equal(header[1], edge[1], tolerance: 1));
        Assert.All(rest[..2], edge => Assert.Equal(header[0], edge[0], tolerance: 1));
        var lastColumn = await page.EvaluateAsync<double>(
            "() => document.documentElement.clientWidth - Math.max(...[...document.querySelectorAll('.product')]"
            + ".map(product => product.getBoundingClientRect().right))");
        Assert.Equal(header[1], lastColumn, tolerance: 1);
    }
}
