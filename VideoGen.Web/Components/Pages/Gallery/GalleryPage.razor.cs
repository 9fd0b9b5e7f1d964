using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using VideoGen.Domain.Models;
using VideoGen.Web.Accounts;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Gallery;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Components.Pages.Gallery;

/// <summary>The person's videos as a grid that grows at its end by scrolling and at its top by itself.</summary>
public sealed partial class GalleryPage : ComponentBase, IAsyncDisposable
{
    private const int StretchLength = 60;

    // Two jobs that finish together may be committed in the other order than their times.
    private static readonly TimeSpan OutOfOrder = TimeSpan.FromMinutes(2);

    private readonly List<VideoCard> _cards = [];
    private readonly HashSet<Guid> _new = [];
    private List<VideoCard> _arrived = [];
    private int _count;
    private bool _loaded;
    private bool _hasMore;
    private bool _loadingMore;
    private ElementReference _grid;
    private string? _watched;
    private IJSObjectReference? _script;

    [Inject]
    internal GalleryQuery Query { get; init; } = default!;

    [Inject]
    internal VideoProviders Providers { get; init; } = default!;

    [Inject]
    public required ModelCatalogue Catalogue { get; init; }

    [Inject]
    public required Announcer Announcer { get; init; }

    [Inject]
    public required PersonClock Clock { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [Inject]
    public required AuthenticationStateProvider People { get; init; }

    /// <summary>Carried over from the first, plain rendering of the page, so that nothing flickers when it comes alive.</summary>
    [PersistentState]
    public GalleryStretch? Newest { get; set; }

    private VideoModel? FreeModel => Catalogue.Models.FirstOrDefault(model => model.Price.IsFree && Providers.Find(model.ProviderId) is not null);

    public async ValueTask DisposeAsync()
    {
        if (_script is null)
        {
            return;
        }

        try
        {
            await _script.InvokeVoidAsync("unwatch");
            await _script.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and its script with it.
        }
    }

    protected override async Task OnInitializedAsync()
    {
        Newest ??= await ReadAsync(new GalleryRange());
        Begin(Newest);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        _script ??= await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Pages/Gallery/GalleryPage.razor.js");

        // Another element after the page was empty, or no longer.
        if (_cards.Count > 0 && !string.Equals(_watched, _grid.Id, StringComparison.Ordinal))
        {
            _watched = _grid.Id;
            await _script.InvokeVoidAsync("watch", _grid);
        }
    }

    private void Begin(GalleryStretch stretch)
    {
        _cards.Clear();
        _cards.AddRange(stretch.Cards);
        (_hasMore, _count, _loaded) = (stretch.HasMore, stretch.Count, true);
    }

    private async Task LoadMoreAsync()
    {
        if (_loadingMore || !_hasMore)
        {
            return;
        }

        _loadingMore = true;
        try
        {
            var stretch = await ReadAsync(new GalleryRange(OlderThan: _cards[^1].Cursor));
            _cards.AddRange(stretch.Cards);
            (_hasMore, _count) = (stretch.HasMore, stretch.Count);
        }
        finally
        {
            _loadingMore = false;
        }
    }

    private async Task LookForNewAsync()
    {
        if (!_loaded)
        {
            return;
        }

        GalleryCursor? from = _cards is [var newest, ..] ? new GalleryCursor(newest.CreatedAt - OutOfOrder, Guid.Empty) : null;
        var stretch = await ReadAsync(new GalleryRange(NewerThan: from));
        _count = stretch.Count;
        var known = _cards.Select(card => card.Id).ToHashSet();
        var found = stretch.Cards.Where(card => !known.Contains(card.Id)).ToList();
        if (found.Count == 0 || found.Select(card => card.Id).ToHashSet().SetEquals(_arrived.Select(card => card.Id)))
        {
            return;
        }

        _new.UnionWith(found.Select(card => card.Id));
        await Announcer.SayAsync(Words.Count(found.Count, "new video"));
        if (stretch.HasMore && from is not null)
        {
            // So many that there is a gap: begin again at the top.
            Begin(await ReadAsync(new GalleryRange()));
        }
        else if (_script is not null && _cards.Count > 0 && await _script.InvokeAsync<bool>("isScrolled"))
        {
            // What somebody is looking at does not move under their eyes.
            _arrived = found;
        }
        else
        {
            PutOnTop(found);
        }
    }

    private async Task ShowArrivedAsync()
    {
        PutOnTop(_arrived);
        _arrived = [];
        if (_script is not null)
        {
            await _script.InvokeVoidAsync("toTop");
        }
    }

    private void PutOnTop(List<VideoCard> found)
    {
        _arrived = [];
        _cards.AddRange(found);
        var ordered = _cards.OrderByDescending(card => card.CreatedAt).ThenByDescending(card => card.Id).ToList();
        _cards.Clear();
        _cards.AddRange(ordered);
    }

    private async Task<GalleryStretch> ReadAsync(GalleryRange range)
    {
        var personId = (await People.GetAuthenticationStateAsync()).User.PersonId();
        return await Query.RunAsync(personId, range, StretchLength, CancellationToken.None);
    }

    private static string LowerFirst(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
