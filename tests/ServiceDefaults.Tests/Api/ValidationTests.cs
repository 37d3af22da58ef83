using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Text;

namespace ServiceDefaults.Tests.Api;

public sealed class ValidationTests
{
    [Fact]
    public async Task InvalidBody_NamesAllFieldsAsTheClientWroteThem()
    {
        await using var api = await StartAsync();

        using var answer = await api.SendAsync(
            HttpMethod.Post, "/orders",
            body: new { name = "\u202Eeman", shippingAddress = new { }, orderLines = new[] { new { productId = 0 } } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["name", "orderLines[0].productId", "shippingAddress.zipCode"], await TestApi.FaultyFieldsOf(answer));
    }

    [Fact]
    public async Task ParametersOfAnotherType_AreAllNamedWithTheirValues()
    {
        await using var api = await StartAsync();

        using var answer = await api.SendAsync(HttpMethod.Get, "/orders?pageIndex=x&pageSize=10&inStock=perhaps&type=1&type=two");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await TestApi.ProblemOf(answer))["errors"]!;
        Assert.Equal(["inStock", "pageIndex", "type"], errors.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.Equal("The value must be a whole number; it is 'x'.", (string?)errors["pageIndex"]![0]);
    }

    [Fact]
    public async Task ParametersOutOfRange_AreAllNamed()
    {
        await using var api = await StartAsync();

        using var answer = await api.SendAsync(HttpMethod.Get, "/orders?pageIndex=-1&pageSize=0");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(["pageIndex", "pageSize"], await TestApi.FaultyFieldsOf(answer));
    }

    private static Task<TestApi> StartAsync() => TestApi.StartAsync(
        app =>
        {
            app.MapPost("/orders", (Order order) => TypedResults.Ok(order.Name)).AllowAnonymous();
            app.MapGet("/orders", ([AsParameters] Query query) => TypedResults.Ok(query.PageIndex)).AllowAnonymous();
        },
        builder => builder.Services.AddValidation());

    public sealed record Order([Required, PlainText] string? Name, Address? ShippingAddress, IReadOnlyList<Line>? OrderLines);

    public sealed record Address([Required] string? ZipCode);

    public sealed record Line([Range(1, 9)] int ProductId);

    public sealed record Query([Range(0, 100)] int? PageIndex, [Range(1, 100)] int? PageSize, bool? InStock, int[]? Type);
}
