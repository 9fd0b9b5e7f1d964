using VideoGen.Web.Accounts;
using VideoGen.Web.Components;
using VideoGen.Web.Data;

var builder = WebApplication.CreateBuilder(args);
builder.AddDatabase();
builder.AddAccounts();
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
