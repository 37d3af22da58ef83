using WebApp.Clients;
using WebApp.Components;
using WebApp.Identity;
using WebApp.Live;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddApiDefaults();
builder.AddShopIdentity();
builder.AddShopClients();
builder.AddLive();
builder.AddStorefront();

var app = builder.Build();

app.UseStorefront();
app.MapDefaultEndpoints();
app.MapIdentity();
app.MapServiceForwarding();
app.MapLive();
app.MapStorefront();

app.Run();
