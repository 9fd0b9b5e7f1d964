using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Web.Accounts;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Jobs;
using VideoGen.Web.Providers;

namespace VideoGen.Web.Components.Pages.Create;

/// <summary>The form for a new video, with the person's jobs beside it.</summary>
public sealed partial class CreatePage : ComponentBase, IDisposable
{
    // The second click of a double click comes later than a quick server answers.
    private static readonly TimeSpan DoubleClick = TimeSpan.FromSeconds(1);

    private readonly CreateForm _form = new();
    private IReadOnlyList<ModelChoice> _choices = [];
    private IReadOnlyList<RequestProblem> _problems = [];
    private UsualTime? _usual;
    private string? _hint;
    private bool _sending;
    private DateTimeOffset? _acceptedAt;

    [Inject]
    internal ModelCatalogue Catalogue { get; init; } = default!;

    [Inject]
    internal VideoProviders Providers { get; init; } = default!;

    [Inject]
    internal UsualTimesQuery UsualTimes { get; init; } = default!;

    [Inject]
    internal JobSettingsQuery Settings { get; init; } = default!;

    [Inject]
    internal CreateJobsCommand CreateJobs { get; init; } = default!;

    [Inject]
    public required Announcer Announcer { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required IJSRuntime Script { get; init; }

    [Inject]
    public required AuthenticationStateProvider People { get; init; }

    /// <summary>A job whose settings the form starts with.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public Guid? From { get; set; }

    /// <summary>"provider/model" to start with.</summary>
    [SupplyParameterFromQuery(Name = "model")]
    public string? WantedModel { get; set; }

    private string Summary => _form.Model is { } model
        ? $"{Words.Count(Math.Max(1, _form.VariationCount ?? 1), "video")} of {Words.Length(_form.Duration)} on {NameOf(model)}"
        : "";

    private string Label
    {
        get
        {
            var count = _form.VariationCount ?? 1;
            var what = count > 1 ? $"Generate {Words.Count(count, "video")}" : "Generate";
            return _form.Model is null ? what : $"{what} · {Words.Money(_form.Cost)}";
        }
    }

    private string? Blocked => this switch
    {
        { _uploading: not null } => "The reference image is still being uploaded.",
        { _refinement.Stage: RefinementStage.Offered } => "Choose a prompt that fits first: use the refined one, or shorten yours.",
        _ => _form.Blocked,
    };

    public void Dispose()
    {
        _uploading?.Cancel();
        _uploading?.Dispose();
        _refining?.Cancel();
    }

    protected override async Task OnInitializedAsync()
    {
        var today = DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);
        var choices = new List<ModelChoice>();
        foreach (var model in Catalogue.Models)
        {
            var usual = await UsualTimes.RunAsync(model.ProviderId, model.Id, model.DefaultDuration, CancellationToken.None);
            var unavailable = ModelChoices.UnavailableOf(model, Catalogue, Providers.LackOf(model.ProviderId), today);
            choices.Add(new ModelChoice(model, usual, unavailable, model.Lifecycle.IsRetired(today)));
        }

        _choices = choices;
        await StartAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && From is null)
        {
            await RestoreDraftAsync();
        }

        if (_showThumbnail)
        {
            _showThumbnail = false;
            await Script.InvokeVoidAsync("videogen.showReference");
        }
    }

    /// <summary>What the form begins with: an earlier job, a wanted model, or the first that can be used.</summary>
    private async Task StartAsync()
    {
        var earlier = From is { } jobId ? await Settings.RunAsync(await PersonAsync(), jobId, CancellationToken.None) : null;
        var wanted = earlier is null ? WantedModel : $"{earlier.ProviderId}/{earlier.ModelId}";
        var usable = _choices.Where(choice => choice.Unavailable is null).ToList();
        var start = usable.Find(choice => string.Equals(choice.Key, wanted, StringComparison.Ordinal)) ?? (usable is [var first, ..] ? first : null);
        if (start is not null)
        {
            _form.Choose(start.Model);
        }

        if (earlier is not null)
        {
            _form.TakeFrom(earlier);
            _hint = start is null || !string.Equals(start.Key, wanted, StringComparison.Ordinal) ? "The model of that job cannot be used now; another one is chosen." : null;
            (_imageName, _imageUrl) = _form.ReferenceImageKey is null ? (null, null) : ("image of that job", Urls.JobReference(From!.Value));
        }

        if ((RemixOf ?? earlier?.RemixOf) is { } source)
        {
            await StartRemixAsync(source);
        }

        await LearnUsualAsync();
    }

    private async Task RestoreDraftAsync()
    {
        // studio.js keeps what is typed; after a lost connection or a reload it is put back.
        var draft = await Script.InvokeAsync<string?>("sessionStorage.getItem", $"draft:{DraftName}");
        if (!string.IsNullOrEmpty(draft) && _form.Prompt.Length == 0)
        {
            _form.Prompt = draft;
            StateHasChanged();
        }
    }

    private async Task GenerateAsync()
    {
        if (_sending || _uploading is not null || Clock.GetUtcNow() - _acceptedAt < DoubleClick)
        {
            return;
        }

        _sending = true;
        try
        {
            var request = _form.ToRequest();
            var result = await CreateJobs.ExecuteAsync(await PersonAsync(), UnderItsKey(request), CancellationToken.None);
            _unanswered = null;
            _problems = result.Problems;
            if (result.Accepted)
            {
                _acceptedAt = Clock.GetUtcNow();
                _hint = null;
                await Announcer.SayAsync(result.JobIds.Count == 1 ? "1 job is waiting." : $"{Words.Count(result.JobIds.Count, "job")} are waiting.");
            }
            else
            {
                await Announcer.SayAsync(string.Join(' ', result.Problems.Select(problem => problem.Message)));
            }
        }
        finally
        {
            _sending = false;
        }
    }

    private async Task ChooseModelAsync(VideoModel model)
    {
        var changes = _form.Choose(model);
        ReviewRefinement();
        if (!model.TakesReferenceImage && _form.ReferenceImageKey is not null)
        {
            changes = [.. changes, $"{model.Name} takes no reference image; it is left out."];
        }

        _problems = [];
        _hint = changes.Count == 0 ? null : string.Join(' ', changes);
        await LearnUsualAsync();
        if (_hint is not null)
        {
            await Announcer.SayAsync(_hint);
        }
    }

    private async Task ChooseDurationAsync(TimeSpan duration)
    {
        _form.Duration = duration;
        Forget(RequestField.Duration);
        await LearnUsualAsync();
    }

    private void ChooseShape(string shape) => Change(RequestField.Size, () => _form.ChooseShape(shape));

    private void ChooseSize(VideoSize size) => Change(RequestField.Size, () => _form.ChooseSize(size));

    private void ChooseFrameRate(int rate) => Change(RequestField.FrameRate, () => _form.FrameRate = rate);

    private void ChangePrompt(string prompt)
    {
        Change(RequestField.Prompt, () => _form.Prompt = prompt);
        ForgetRefinement();
    }

    private void ChangeVariations(string variations) => Change(RequestField.Variations, () => _form.Variations = variations);

    private void ChangeSeed(string seed) => Change(RequestField.Seed, () => _form.Seed = seed);

    private void Change(RequestField field, Action change)
    {
        change();
        Forget(field);
    }

    // A message goes when the person has acted on it.
    private void Forget(RequestField field) => _problems = [.. _problems.Where(problem => problem.Field != field)];

    private string? ProblemAt(RequestField field) =>
        _problems.Where(problem => problem.Field == field).Select(problem => problem.Message).FirstOrDefault();

    private async Task LearnUsualAsync() => _usual = _form.Model is { } model
        ? await UsualTimes.RunAsync(model.ProviderId, model.Id, _form.Duration, CancellationToken.None)
        : null;

    private async Task<Guid> PersonAsync() => (await People.GetAuthenticationStateAsync()).User.PersonId();

    private static string NameOf(VideoModel model) =>
        string.Equals(model.ProviderName, model.Name, StringComparison.Ordinal) ? model.Name : $"{model.ProviderName} {model.Name}";

    private static string StyleOf(string shape)
    {
        var parts = shape.Split(':');
        var (width, height) = (double.Parse(parts[0], CultureInfo.InvariantCulture), double.Parse(parts[1], CultureInfo.InvariantCulture));
        var scale = 16 / Math.Max(width, height);
        return Words.Say($"width:{Math.Max(6, width * scale):0}px;height:{Math.Max(6, height * scale):0}px");
    }
}
