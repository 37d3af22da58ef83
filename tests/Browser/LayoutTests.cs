namespace Browser;

/// <summary>One system: header, content and footer are as wide as each other and centred, and lists fill that width.</summary>
public sealed class LayoutTests(Shop shop)
{
    [Theory]
    [InlineData(320)]
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

    [Fact]
    public async Task Pages_to_read_and_to_fill_in_are_centred_and_fit_the_screen()
    {
        var page = await shop.VisitAsync();
        await page.BuyAsync(productId: 6, Shopping.Pays);
        var order = new Uri(page.Url).AbsolutePath;
        await page.PutIntoBasketAsync(productId: 6);

        foreach (var path in new[] { "/delivery", "/basket", "/checkout", order, "/orders/find" })
        {
            await page.GotoAsync(path);
            foreach (var width in (int[])[320, 1280])
            {
                await page.SetViewportSizeAsync(width, 900);
                var margins = await page.EvaluateAsync<double[]>(
                    """
                    () => {
                      const width = document.documentElement.clientWidth;
                      const boxes = [...document.querySelectorAll("main > *")].map(child => child.getBoundingClientRect())
                        .filter(box => box.width > 1);
                      const [left, right] = [Math.min(...boxes.map(box => box.left)), Math.max(...boxes.map(box => box.right))];
                      return [left, width - right, document.documentElement.scrollWidth - width];
                    }
                    """);

                Assert.True(
                    Math.Abs(margins[0] - margins[1]) <= 1 && margins[2] <= 0,
                    $"{path} at {width}: {margins[0]} on the left, {margins[1]} on the right, {margins[2]} too wide");
            }
        }
    }

    [Fact]
    public async Task The_picture_of_a_product_is_sharp_at_two_pixels_per_point_and_leaves_room_for_the_text()
    {
        var page = await shop.VisitAsync();
        await page.GotoAsync("/products/2");

        foreach (var width in (int[])[320, 800, 900, 1280, 1920])
        {
            await page.SetViewportSizeAsync(width, 900);
            var (picture, text) = await page.EvaluateAsync<double[]>(
                "() => [...document.querySelectorAll('.detail > *')].map(part => part.getBoundingClientRect().width)")
                is [var first, var second] ? (first, second) : default;

            Assert.InRange(picture, 250, 640);
            Assert.InRange(text, 250, double.MaxValue);
        }
    }
}
