using ServiceDefaults;
using ServiceDefaults.Api;
using ServiceDefaults.Health;
using ServiceDefaults.Messaging.DeadLetters;
using WebApp;
using WebApp.BackOffice.Audit;
using WebApp.BackOffice.Mailbox;
using WebApp.Clients;
using WebApp.Gateway;
using WebApp.Identity;
using WebApp.Identity.OAuth;
using WebApp.Mail;
using WebApp.Push;
using WebApp.Storefront;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddShop();
builder.AddStorefront();
builder.AddApiDefaults();
builder.Services.AddValidation();
builder.AddIdentity();
builder.AddOAuth();
builder.AddMail();
builder.AddMailbox();
builder.AddAudit();
builder.AddShopClients();
builder.Services.AddHttpForwarderWithServiceDiscovery();
builder.AddMessaging();
builder.AddPush();

var app = builder.Build();

app.UseStorefront();
app.MapDefaultEndpoints();
app.MapIdentity();
app.MapOAuth();
app.MapGateway();
app.MapPush();
app.MapMailbox();
app.MapDeadLetters();
app.MapStorefront();

app.Run();
