using MailSink.Mails;
using MailSink.Smtp;
using ServiceDefaults;
using ServiceDefaults.Api;
using ServiceDefaults.Tokens;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddTokenAuthentication();
builder.AddApiDefaults();
builder.Services.AddValidation();
builder.AddMails();
builder.AddSmtp();

var app = builder.Build();

app.MapApiDefaults();
app.MapMails();

app.Run();
