using VideoGen.Web.Accounts;
using VideoGen.Web.Components;
using VideoGen.Web.Data;
using VideoGen.Web.Engine;
using VideoGen.Web.Gallery;
using VideoGen.Web.Jobs;
using VideoGen.Web.LiveUpdates;
using VideoGen.Web.Models;

var builder = WebApplication.CreateBuilder(args);
builder.AddDatabase();
builder.AddAccounts();
builder.AddCatalogue();
builder.AddLiveUpdates();
builder.AddJobs();
builder.AddGallery();
builder.AddEngine();
builder.AddStudio();

var app = builder.Build();
await app.MigrateDatabaseAsync();

app.UseErrorPages();
app.UseStudioAssets();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapStudio();

await app.RunAsync();
