using VideoGen.Web.Accounts;
using VideoGen.Web.Components;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;
using VideoGen.Web.Gallery;
using VideoGen.Web.Health;
using VideoGen.Web.Jobs;
using VideoGen.Web.LiveUpdates;
using VideoGen.Web.Media;
using VideoGen.Web.Models;
using VideoGen.Web.Prompts;
using VideoGen.Web.Providers;
using VideoGen.Web.Repair;
using VideoGen.Web.Saving;
using VideoGen.Web.Storage;
using VideoGen.Web.Webhooks;

// Settings and pages lie beside the binaries, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.AddDatabase();
builder.AddAccounts();
builder.AddCatalogue();
builder.AddVideoProviders();
builder.AddPrompts();
builder.AddLiveUpdates();
builder.AddJobs();
builder.AddGallery();
builder.AddEngine();
builder.AddSaving();
builder.AddStorage();
builder.AddMedia();
builder.AddRepair();
builder.AddWebhooks();
builder.AddHealth();
builder.AddStudio();

var app = builder.Build();
await app.MigrateDatabaseAsync();

app.UseErrorPages();
app.UseStudioAssets();
app.UseRouting();
app.UseRateLimiter();
app.UseFirstStart();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapHealth();
app.MapAccounts();
app.MapMedia();
app.MapWebhooks();
app.MapStudio();

await app.RunAsync();
