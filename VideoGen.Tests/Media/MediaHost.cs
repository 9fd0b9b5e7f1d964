using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VideoGen.Domain.Gallery;
using VideoGen.Domain.Jobs;
using VideoGen.Tests.Data;
using VideoGen.Tests.Jobs;
using VideoGen.Web.Accounts;
using VideoGen.Web.Data;
using VideoGen.Web.Media;
using VideoGen.Web.Storage;

namespace VideoGen.Tests.Media;

/// <summary>The media addresses on a real server with a real socket, a database and a store; only signing in is a header.</summary>
public sealed class MediaHost : IAsyncLifetime
{
    /// <summary>Length of the stored video. Its bytes are no film: what is tested here is how they are sent.</summary>
    public const int Length = 1000;

    /// <summary>What its row says of its bytes.</summary>
    public const string Sha256 = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    /// <summary>In the past, as every real file is, and not on a whole second, as headers are.</summary>
    public static readonly DateTimeOffset MadeAt = new(2020, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    private const string PersonHeader = "X-Person";
    private const string AdminHeader = "X-Admin";

    private readonly SqliteDatabase _database = new();
    private readonly RecordedErrors _errors = new();
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler());
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private WebApplication? _app;
    private Uri? _address;

    public MediaHost()
        : this(new Dictionary<string, string?>(StringComparer.Ordinal))
    {
    }

    /// <param name="settings">Of the store, where it is not the folder.</param>
    internal MediaHost(IReadOnlyDictionary<string, string?> settings) => _settings = settings;

    public static byte[] Bytes { get; } = [.. Enumerable.Range(0, Length).Select(index => (byte)(index % 251))];

    public Guid OwnerId { get; private set; }

    public Guid StrangerId { get; private set; }

    /// <summary>A stored video of the owner.</summary>
    public Video Video { get; private set; } = null!;

    /// <summary>Its job, which has a reference image.</summary>
    public GenerationJob Job { get; private set; } = null!;

    internal IReadOnlyCollection<string> Errors => _errors.Messages;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        OwnerId = await _database.AddPersonAsync();
        StrangerId = await _database.AddPersonAsync();

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "VideoGen.Web" });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(_database.Settings);
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.AddProvider(_errors));
        builder.Services.AddAuthentication(HeaderSignIn.Name).AddScheme<AuthenticationSchemeOptions, HeaderSignIn>(HeaderSignIn.Name, _ => { });
        builder.Services.AddAuthorization();
        builder.AddDatabase();
        builder.AddStorage();
        builder.AddMedia();
        _app = builder.Build();
        _app.UseRouting();
        _app.UseAuthentication();
        _app.UseAuthorization();
        _app.MapMedia();
        await _app.StartAsync();
        _address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

        (Job, Video) = await AddVideoAsync("Füchse im \"Schnee\"\r\nX-Evil: 1");
        await PutAsync(Video.StoreKey, Bytes);
        await PutAsync(Video.PosterKey, "poster"u8.ToArray());
        await PutAsync(Job.ReferenceImageKey!, "reference"u8.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        await _database.DisposeAsync();
    }

    /// <summary>A completed job with a video row of the owner; the store holds nothing for it.</summary>
    public async Task<(GenerationJob Job, Video Video)> AddVideoAsync(string prompt)
    {
        var order = JobSamples.Order(OwnerId) with
        {
            Prompt = prompt,
            ReferenceImageKey = StoreKeys.Reference(OwnerId, new string('c', 64), "png"),
        };
        var job = new GenerationJob(order, MadeAt);
        job.BeginSubmission(JobSamples.Intent, MadeAt);
        job.Accept($"provider-{job.Id}", "Accepted", MadeAt);
        job.FinishGenerating("done", resultCount: 1, MadeAt);
        job.Complete("Stored", MadeAt);
        var file = new StoredFile(StoreKeys.Video(OwnerId, job.Id, 0), StoreKeys.Poster(OwnerId, job.Id, 0), Length, Sha256);
        var video = new Video(job.Id, OwnerId, 0, file, new MediaFacts(1280, 720, TimeSpan.FromSeconds(4), 30, "h264", HasSound: false), MadeAt);
        await _database.AddAsync(job);
        await using var db = await _database.Contexts.CreateDbContextAsync();
        db.Videos.Add(video);
        await db.SaveChangesAsync();
        return (job, video);
    }

    public async Task PutAsync(string key, byte[] content)
    {
        using var folder = new TestFolder();
        await _app!.Services.GetRequiredService<IVideoStore>().PutAsync(key, folder.Write("file", content), "video/mp4", CancellationToken.None);
    }

    /// <summary>Sends a request; <paramref name="headers"/> are "Name: value" lines and go out as they are.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, Guid? person, bool admin = false, CancellationToken cancellationToken = default, params IEnumerable<string> headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(_address!, path));
        foreach (var header in headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        if (person is { } id)
        {
            request.Headers.Add(PersonHeader, id.ToString());
            request.Headers.Add(AdminHeader, admin.ToString(CultureInfo.InvariantCulture));
        }

        return await _client.SendAsync(request, cancellationToken);
    }

    private sealed class HeaderSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        public const string Name = "header";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers[PersonHeader].ToString() is not { Length: > 0 } person)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person)], Name);
            if (bool.Parse(Request.Headers[AdminHeader].ToString()))
            {
                identity.AddClaim(new Claim(ClaimTypes.Role, Roles.Admin));
            }

            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name)));
        }
    }
}
