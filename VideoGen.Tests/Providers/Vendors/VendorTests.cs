using System.Text.Json.Nodes;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Bookkeeping;

namespace VideoGen.Tests.Providers.Vendors;

/// <summary>
/// A vendor's own client makes a video at the simulator, which shows that the simulator is faithful; then our adapter is given
/// the same inputs and has to send the very same request.
/// </summary>
/// <param name="provider">Our provider's id, which is the name of the dialect too unless one is given.</param>
/// <param name="section">Its section in the configuration.</param>
/// <param name="path">Where its API begins at the dialect's address.</param>
/// <param name="vendor">The client's file.</param>
public abstract class VendorTests(string provider, string section, string path, string vendor, string? dialect = null) : IAsyncLifetime
{
    /// <summary>The key of both.</summary>
    protected const string Key = "key-of-both-programs";

    private readonly TestFolder _folder = new();
    private ProviderSimulator? _simulator;
    private ProviderHost? _host;

    private protected ProviderSimulator Simulator => _simulator!;

    private protected IVideoProvider Provider => _host!.Find(provider);

    /// <summary>A picture on disk, 1280x720, for the vendor's client.</summary>
    protected string ImagePath => _folder.PathOf("reference.png");

    public virtual async ValueTask InitializeAsync()
    {
        _simulator = await ProviderSimulator.StartAsync(
            new SimulatorOptions { Dialects = [dialect ?? provider], GenerationTime = TimeSpan.FromSeconds(1) }, CancellationToken.None);
        _host = new ProviderHost(
        [
            new($"{section}:ApiKey", Key),
            new($"{section}:BaseAddress", new Uri(Address, path).AbsoluteUri),
            .. Settings,
        ]);
        await SampleImage.WriteAsync(ImagePath);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _host!.DisposeAsync();
        await _simulator!.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>What the provider needs to be told beside its key and address.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string?>> Settings => [];

    /// <summary>What of a request counts, where the vendor takes one thing in two forms.</summary>
    private protected virtual SentRequest Normalize(LedgerEntry entry) => SentRequest.Of(entry);

    private Uri Address => Simulator.AddressOf(dialect ?? provider);

    private protected ReferenceImage Image => new("image/png", _ => Task.FromResult<Stream>(File.OpenRead(ImagePath)));

    /// <summary>Lets both programs make the same video and compares what created it.</summary>
    private protected Task AssertSameAsync(JsonObject vendorRequest, VideoRequest ours) => AssertSameAsync(Operation.Create, vendorRequest, () => ours);

    /// <summary>The same for another operation that makes a video.</summary>
    /// <param name="operation">What both programs have to send alike.</param>
    /// <param name="vendorRequest">What the vendor's client is told.</param>
    /// <param name="ours">The same for our adapter; may name what the vendor's client has made.</param>
    private protected async Task AssertSameAsync(Operation operation, JsonObject vendorRequest, Func<VideoRequest> ours)
    {
        vendorRequest["key"] = Key;
        var made = await VendorClient.MakeAsync(vendor, Address, vendorRequest);
        Assert.True(made.Bytes > 1000, "The vendor's client brought home no video.");

        await Provider.SubmitAsync(ours(), CancellationToken.None);

        var sent = Simulator.Ledger.Entries(dialect ?? provider, operation);
        Assert.Equal(2, sent.Count);
        SentRequest.AssertSame(Normalize(sent[0]), Normalize(sent[1]));
    }

    private protected static VideoRequest Request(string model, string prompt, int seconds = 4, int width = 1280, int height = 720) => new()
    {
        SubmitKey = "0123456789abcdef0123456789abcdef-1",
        ModelId = model,
        Prompt = prompt,
        Size = new Domain.Models.VideoSize(width, height),
        Duration = TimeSpan.FromSeconds(seconds),
    };
}
