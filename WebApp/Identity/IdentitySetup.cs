using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ServiceDefaults.Api;
using ServiceDefaults.Databases;
using ServiceDefaults.Migrations;
using ServiceDefaults.Tokens;
using WebApp.Identity.Addresses;
using WebApp.Identity.Attempts;
using WebApp.Identity.Links;
using WebApp.Identity.Passwords;
using WebApp.Identity.Profile;
using WebApp.Identity.SecondFactor;
using WebApp.Identity.Sessions;
using WebApp.Identity.Tokens;

namespace WebApp.Identity;

public static class IdentitySetup
{
    /// <summary>Accounts, the sign-in cookie, guests, tokens, and the keys that protect cookies.</summary>
    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        builder.AddDatabase<IdentityContext>("identitydb");
        builder.AddMigration<IdentityContext, SeedAdministrator>();
        builder.AddKeyProtection();

        builder.Services.AddSingleton<IValidateOptions<TokenSigningOptions>, TokenSigningOptionsValidator>();
        builder.Services.AddOptions<TokenSigningOptions>().BindConfiguration(TokenSigningOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<TokenIssuer>();
        builder.Services.AddSingleton<GuestCookie>();

        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<CurrentVisitor>();
        builder.Services.AddScoped<Accounts>();
        builder.Services.AddScoped<SignInDesk>();
        builder.Services.AddSingleton<SecurityAudit>();
        builder.Services.AddSingleton<PasswordCheck.Decoy>();
        builder.Services.AddScoped<PasswordCheck>();
        builder.Services.AddScoped<AttemptCounters>();
        builder.Services.AddSingleton<KnownDevice>();
        builder.Services.AddScoped<GuessLimits>();
        builder.Services.AddScoped<MailLimits>();
        builder.Services.AddScoped<ChangePassword>();
        AddLinks(builder.Services);
        AddProfile(builder.Services);
        AddSessions(builder.Services);
        builder.AddSecondFactor();
        builder.Services.AddHostedService<CleanUp>();
        builder.AddIdentityRateLimit();
        AddAccounts(builder.Services);
        AddTokens(builder.Services);
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services
            .AddIdentity<ShopUser, IdentityRole<Guid>>(options =>
            {
                options.User.RequireUniqueEmail = true;

                // The user name is the e-mail address, where any character may stand. Empty: all are allowed.
                options.User.AllowedUserNameCharacters = "";

                // Length is what makes a password strong; rules about kinds of characters mostly make it forgotten.
                options.Password.RequiredLength = 10;
                options.Password.RequiredUniqueChars = 4;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;

                // GuessLimits counts per client: locking the account would let anybody lock its owner out.
                options.Lockout.AllowedForNewUsers = false;

                options.ClaimsIdentity.UserIdClaimType = VisitorClaims.Id;
                options.ClaimsIdentity.UserNameClaimType = "preferred_username";
                options.ClaimsIdentity.EmailClaimType = VisitorClaims.Email;
                options.ClaimsIdentity.RoleClaimType = VisitorClaims.Role;
            })
            .AddEntityFrameworkStores<IdentityContext>()
            .AddErrorDescriber<AccountErrors>()
            .AddPasswordValidator<GuessablePasswords>()
            .AddClaimsPrincipalFactory<ShopUserClaims>()
            .AddDefaultTokenProviders();

        services.AddScoped<IdentityErrorDescriber, AccountErrors>();
        services.AddScoped<IPasswordHasher<ShopUser>, NormalizingPasswordHasher>();

        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = "shop.auth";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = SessionLifetime.Longest;
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/sign-in";
            cookie.AccessDeniedPath = "/denied";
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.EventsType = typeof(SessionCookie);
        });

        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Admin, policy => policy.RequireClaim(VisitorClaims.Role, VisitorClaims.AdminRole));
    }

    private static void AddLinks(IServiceCollection services)
    {
        services.AddScoped<AccountLinks>();
        services.AddScoped<OpenAccount>();
        services.AddScoped<ConfirmAddress>();
        services.AddScoped<ForgottenPassword>();
        services.AddScoped<ResetPassword>();
    }

    private static void AddProfile(IServiceCollection services)
    {
        services.AddScoped<ChangeName>();
        services.AddScoped<ChangeEmail>();
        services.AddScoped<ConfirmEmail>();
        services.AddScoped<DeleteAccount>();
        services.AddScoped<SavedAddresses>();
    }

    private static void AddSecondFactor(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SecondFactorOptions>()
            .Configure(rules => rules.RequireSecondFactor = !builder.Environment.IsDevelopment())
            .BindConfiguration(SecondFactorOptions.SectionName).ValidateOnStart();
        builder.Services.AddSingleton<PendingSignIn>();
        builder.Services.AddScoped<SecondFactorCodes>();
        builder.Services.AddScoped<ChangeSecondFactor>();
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddScoped<SessionStore>();
        services.AddScoped<SessionDesk>();
        services.AddScoped<SessionCookie>();
        services.AddStoreOutage<SessionUncheckedException>();
    }

    // Only endpoints for programs accept tokens; pages and forms know the visitor by the cookie.
    private static void AddTokens(IServiceCollection services)
    {
        services.AddAuthentication().AddJwtBearer();
        services.AddAuthorizationBuilder().AddDeadLetterPolicy();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<TokenSigningOptions>, IOptions<ShopOptions>>((bearer, tokens, shop) =>
                bearer.AcceptTokensOf(TokenKeys.ReadPrivate(tokens.Value.SigningKey), shop.Value.Address));
    }
}
