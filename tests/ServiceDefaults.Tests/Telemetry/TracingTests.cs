using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Trace;
using ServiceDefaults.Telemetry;

namespace ServiceDefaults.Tests.Telemetry;

/// <summary>What a service exports, from sources that are named like those of its clients.</summary>
public sealed class TracingTests : IDisposable
{
    private readonly ActivitySource _requests = new("Requests");
    private readonly ActivitySource _postgres = new("Npgsql");
    private readonly ActivitySource _redis = new("OpenTelemetry.Instrumentation.StackExchangeRedis");
    private readonly ActivitySource _http = new("System.Net.Http");
    private readonly Exported _exported;
    private readonly IHost _host;

    public TracingTests()
    {
        _exported = new Exported(_requests, _postgres, _redis, _http);
        _host = Start();
    }

    [Fact]
    public void Timer_BeginsNoTrace_WhateverItAsks()
    {
        foreach (var source in new[] { _postgres, _redis, _http })
        {
            using var call = source.StartActivity("call", ActivityKind.Client);
            using var within = source.StartActivity("within", ActivityKind.Internal);
        }

        Assert.Empty(_exported.Spans);
    }

    [Theory]
    [InlineData(ActivityKind.Server)]
    [InlineData(ActivityKind.Consumer)]
    [InlineData(ActivityKind.Producer)]
    [InlineData(ActivityKind.Internal)]
    public void RequestOrMessage_BeginsATrace_WithAllThatItAsks(ActivityKind kind)
    {
        using (_requests.StartActivity("cause", kind))
        {
            foreach (var source in new[] { _postgres, _redis, _http })
            {
                using var call = source.StartActivity("call", ActivityKind.Client);
            }
        }

        Assert.Equal(["call", "call", "call", "cause"], _exported.Spans.Select(span => span.DisplayName));
    }

    [Fact]
    public void StatementInARequest_IsNamedByWhatItDoes()
    {
        using (_requests.StartActivity("request", ActivityKind.Server))
        {
            using var query = _postgres.StartActivity("postgresql", ActivityKind.Client);
            query!.SetTag("db.query.text", "SELECT p.id FROM products AS p WHERE p.id = @id").SetTag("db.namespace", "catalogdb");
        }

        var span = _exported.Spans[0];
        Assert.Equal(("SELECT catalogdb.products", "SELECT catalogdb.products"), (span.DisplayName, span.GetTagItem("db.query.summary")));
    }

    [Fact]
    public void Ratio_OfOpenTelemetrysSetting_KeepsThatShareOfTraces()
    {
        using var none = Start(("OTEL_TRACES_SAMPLER_ARG", "0"));
        _host.Dispose();

        using (_requests.StartActivity("request", ActivityKind.Server))
        {
        }

        Assert.Empty(_exported.Spans);
    }

    public void Dispose()
    {
        _host.Dispose();
        _requests.Dispose();
        _postgres.Dispose();
        _redis.Dispose();
        _http.Dispose();
    }

    private IHost Start(params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "Requests" });
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.ConfigureOpenTelemetry();
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing
            .AddSource(_postgres.Name, _redis.Name, _http.Name)
            .AddProcessor(_exported));
        var host = builder.Build();
        host.Services.GetRequiredService<TracerProvider>();
        return host;
    }

    // Listeners hear the spans of the whole process, also those of other tests.
    private sealed class Exported(params ActivitySource[] sources) : BaseProcessor<Activity>
    {
        public List<Activity> Spans { get; } = [];

        public override void OnEnd(Activity data)
        {
            // As every exporter does.
            if (data.Recorded && sources.Contains(data.Source))
            {
                Spans.Add(data);
            }
        }
    }
}
