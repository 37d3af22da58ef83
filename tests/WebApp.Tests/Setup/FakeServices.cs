using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Basket.Grpc;
using Google.Protobuf;
using Grpc.Core;

namespace WebApp.Tests.Setup;

/// <summary>
/// Stands in for the other services at the level of bytes: JSON, and gRPC-Web frames (flag, length, message; then the trailers with
/// flag 0x80). A call that is not set up fails as if the service were down.
/// </summary>
public sealed class FakeServices : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Func<HttpRequestMessage, byte[], HttpResponseMessage>> _answers = new();

    public ConcurrentQueue<FakeCall> Calls { get; } = new();

    /// <summary>The queries of the requests, in their order.</summary>
    public ConcurrentQueue<string> Queries { get; } = new();

    public FakeServices Json(string call, object body, HttpStatusCode status = HttpStatusCode.OK)
    {
        _answers[call] = (_, _) => new HttpResponseMessage(status)
        {
            Content = JsonContent.Create(body, status is HttpStatusCode.OK ? null : new MediaTypeHeaderValue("application/problem+json")),
        };
        return this;
    }

    public FakeServices Json(string call, Func<HttpRequestMessage, object> body)
    {
        _answers[call] = (request, _) => new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(body(request)) };
        return this;
    }

    public FakeServices Created(string call, string location)
    {
        _answers[call] = (_, _) => new HttpResponseMessage(HttpStatusCode.Created)
        {
            Headers = { Location = new Uri(location, UriKind.Relative) },
        };
        return this;
    }

    public FakeServices Status(string call, HttpStatusCode status)
    {
        _answers[call] = (_, _) => new HttpResponseMessage(status);
        return this;
    }

    public FakeServices Grpc(string method, IMessage reply) => Grpc(method, _ => reply);

    public FakeServices Grpc(string method, Func<byte[], IMessage> reply)
    {
        _answers[$"POST /shop.basket.v1.Basket/{method}"] = (_, body) => Frames(Message(reply(body[5..])), Trailers(StatusCode.OK, "", []));
        return this;
    }

    public FakeServices GrpcRefusal(string method, StatusCode code, string detail, params (string Name, string Value)[] trailers)
    {
        _answers[$"POST /shop.basket.v1.Basket/{method}"] = (_, _) => Frames(Trailers(code, detail, trailers));
        return this;
    }

    public FakeServices WithBasket(BasketView basket) => Grpc("Get", basket);

    public IEnumerable<FakeCall> CallsOf(string method) =>
        Calls.Where(call => call.Call.EndsWith($"/{method}", StringComparison.Ordinal));

    /// <summary>All services are down again, and no call is known.</summary>
    public void Reset()
    {
        _answers.Clear();
        Calls.Clear();
        Queries.Clear();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Queries.Enqueue(request.RequestUri.Query);
        Calls.Enqueue(new FakeCall(
            call, request.Headers.Authorization?.Parameter, body, Header(request, "X-Forwarded-For"), Header(request, "Order-Key"),
            Header(request, "Idempotency-Key")));

        var response = _answers.TryGetValue(call, out var answer)
            ? answer(request, body)
            : throw new HttpRequestException(HttpRequestError.ConnectionError, $"{call} is down");
        response.RequestMessage = request;
        response.Version = request.Version;
        return response;
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private static HttpResponseMessage Frames(params byte[][] frames)
    {
        var content = new ByteArrayContent([.. frames.SelectMany(frame => frame)]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc-web");
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    private static byte[] Message(IMessage message) => Frame(0x00, message.ToByteArray());

    private static byte[] Trailers(StatusCode code, string detail, (string Name, string Value)[] more)
    {
        var text = new StringBuilder($"grpc-status: {(int)code}\r\ngrpc-message: {Uri.EscapeDataString(detail)}\r\n");

        foreach (var (name, value) in more)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return Frame(0x80, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static byte[] Frame(byte flag, byte[] payload)
    {
        var length = BitConverter.GetBytes(payload.Length);
        Array.Reverse(length);
        return [flag, .. length, .. payload];
    }
}
