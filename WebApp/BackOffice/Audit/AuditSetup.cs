namespace WebApp.BackOffice.Audit;

public static class AuditSetup
{
    /// <summary>What stores and shows the command <c>RecordAction</c>.</summary>
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddScoped<AdminActions>();
    }
}
