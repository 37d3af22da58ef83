using Catalog.Api;
using Catalog.Api.Caching;
using Catalog.Api.Changes;
using Catalog.Api.Highlights;
using Catalog.Api.Items;
using Catalog.Api.Pictures;
using Catalog.Api.Stock;
using Catalog.Api.Suggestions;
using ServiceDefaults;
using ServiceDefaults.Api;
using ServiceDefaults.Messaging.DeadLetters;
using ServiceDefaults.Tokens;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddTokenAuthentication();
builder.AddApiDefaults();
builder.Services.AddValidation();
builder.AddCatalogOptions();
builder.AddCatalogDatabase();
builder.AddCatalogCaching();
builder.AddCatalogMessages();
builder.AddStock();

var app = builder.Build();

app.MapApiDefaults();
app.UseOutputCache();
app.MapItems();
app.MapPictures();
app.MapHighlights();
app.MapSuggestions();
app.MapChanges();
app.MapDeadLetters();

app.Run();
