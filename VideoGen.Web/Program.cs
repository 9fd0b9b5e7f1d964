using VideoGen.Web.Accounts;
using VideoGen.Web.Components;
using VideoGen.Web.Data;
using VideoGen.Web.Health;

var builder = WebApplication.CreateBuilder(args);
builder.AddDatabase();
builder.AddAccounts();
builder.AddHealth();
builder.AddStudio();

var app = builder.Build();
await app.MigrateDatabaseAsync();

app.UseErrorPages();
app.UseStudioAssets();
app.UseRouting();
app.UseFirstStart();
app.UseAuthentication();
app.UseAuthorization();
app.UseAntiforgery();
app.MapHealth();
app.MapAccounts();
app.MapStudio();

await app.RunAsync();
