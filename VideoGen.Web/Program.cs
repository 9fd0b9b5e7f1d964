using VideoGen.Web.Data;
using VideoGen.Web.Engine;
using VideoGen.Web.Jobs;
using VideoGen.Web.Models;

var builder = WebApplication.CreateBuilder(args);
builder.AddDatabase().AddCatalogue().AddEngine().AddJobs();

var app = builder.Build();
await app.MigrateDatabaseAsync();
await app.RunAsync();
