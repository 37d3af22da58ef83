using Ordering.Api;
using Ordering.Api.Orders;
using Ordering.Api.Payments;
using Ordering.Api.Webhooks;
using ServiceDefaults;
using ServiceDefaults.Messaging.DeadLetters;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddTokenAuthentication();
builder.AddApiDefaults();
builder.Services.AddValidation();

builder.AddOrderingDatabase();
builder.AddOrderingMessages();
builder.AddOrders();
builder.AddPayments();
builder.AddWebhooks();

var app = builder.Build();

app.MapApiDefaults();
app.MapOrders();
app.MapWebhooks();
app.MapDeadLetters();

app.Run();
