using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using VideoGen.Web.Accounts;

namespace VideoGen.Tests.App;

/// <summary>
/// The whole application as it is, in this process, on a free port of the loopback and with a data folder of its own: for real
/// clients, real cookies and real browsers. What must be killed is started by Crash/ServerProcess instead.
/// </summary>
internal sealed class StudioServer : IAsyncDisposable
{
    private readonly Factory _factory;
    private readonly TestFolder? _ownFolder;

    private StudioServer(Factory factory, TestFolder? ownFolder)
    {
        _factory = factory;
        _ownFolder = ownFolder;
    }

    /// <summary>Where it listens, for example "http://127.0.0.1:40123/".</summary>
    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _factory.Services;

    /// <summary>The code that its console shows at the first start.</summary>
    public string SetUpCode => Services.GetRequiredService<FirstStart>().Code;

    /// <summary>What it has written to the console.</summary>
    public string ConsoleText => _factory.Console.ToString();

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="settings">Configuration keys with ":" between their parts; they win over the defaults here.</param>
    /// <param name="replace">Puts test doubles in the place of services.</param>
    /// <param name="folder">A data folder to go on with; one of its own, removed at the end, when not given.</param>
    public static async Task<StudioServer> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? replace = null, TestFolder? folder = null)
    {
        var ownFolder = folder is null ? new TestFolder() : null;
        var all = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Data:RootPath"] = (folder ?? ownFolder!).PathOf("data") };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            all[key] = value;
        }

        var server = new StudioServer(new Factory(all, replace), ownFolder);
        try
        {
            server._factory.UseKestrel(0);
            server._factory.StartServer();
            var addresses = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
            server.Address = new UriBuilder(addresses.First()) { Host = "127.0.0.1" }.Uri;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody with a browser of their own, signed in nowhere; or with the browser of a visit to an earlier run.</summary>
    public Visitor NewVisitor(Visitor? earlier = null) => new(Address, earlier);

    /// <summary>Makes an account as the database would hold it after an administrator added the person and they chose this password.</summary>
    public async Task<Guid> AddPersonAsync(string name, string email, string password, bool isAdmin = false)
    {
        await using var scope = Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var person = new Person { UserName = email, Email = email, DisplayName = name, CreatedAt = TestClock.Start };
        Check(await people.CreateAsync(person, password));
        if (isAdmin)
        {
            var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
            if (!await roles.RoleExistsAsync(Roles.Admin))
            {
                Check(await roles.CreateAsync(new IdentityRole<Guid>(Roles.Admin) { Id = Guid.CreateVersion7() }));
            }

            Check(await people.AddToRoleAsync(person, Roles.Admin));
        }

        return person.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        _ownFolder?.Dispose();
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(result.ToString());
        }
    }

    private sealed class Factory(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? replace) : WebApplicationFactory<Program>
    {
        public StringWriter Console { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<TextWriter>(TextWriter.Synchronized(Console));

                // The real number is meant to be slow; AccountsSetupTests looks at it.
                services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1_000);
                replace?.Invoke(services);
            });
        }
    }
}
