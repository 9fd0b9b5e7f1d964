using VideoGen.Web.Data;

var builder = WebApplication.CreateBuilder(args);
builder.AddDatabase();

var app = builder.Build();
await app.MigrateDatabaseAsync();
await app.RunAsync();
