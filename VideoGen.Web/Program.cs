using VideoGen.Web.Data;

// Settings and pages lie beside the binaries, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.AddDatabase();

var app = builder.Build();
await app.MigrateDatabaseAsync();
await app.RunAsync();
