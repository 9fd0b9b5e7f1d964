using System.Globalization;
using System.Text.Json;
using Microsoft.JSInterop;
using VideoGen.Domain.Jobs;

namespace VideoGen.Web.Components.Pages.Create;

/// <summary>
/// A request that was sent and never answered, because the server or the line went: it comes back as it was, under the same key, so that
/// sending it again makes no further jobs. Kept by the browser beside what is typed, for as long as the tab is open.
/// </summary>
public sealed partial class CreatePage
{
    private GenerationRequest? _unanswered;

    private string UnansweredName => $"unanswered:{DraftName}";

    private async Task<GenerationRequest> UnderItsKeyAsync(GenerationRequest request)
    {
        if (_unanswered is null || _unanswered with { RequestKey = null } != request)
        {
            _unanswered = request with { RequestKey = Guid.CreateVersion7() };
        }

        await Script.InvokeVoidAsync("sessionStorage.setItem", UnansweredName, JsonSerializer.Serialize(_unanswered));
        return _unanswered;
    }

    private async Task ForgetUnansweredAsync()
    {
        _unanswered = null;
        await Script.InvokeVoidAsync("sessionStorage.removeItem", UnansweredName);
    }

    /// <returns>Whether there was one.</returns>
    private async Task<bool> RestoreUnansweredAsync()
    {
        var kept = await Script.InvokeAsync<string?>("sessionStorage.getItem", UnansweredName);
        if (string.IsNullOrEmpty(kept) || ReadRequest(kept) is not { } request || !FillIn(request))
        {
            return false;
        }

        _unanswered = request;
        _hint = "The connection broke while this was being sent. Generate goes on with it; nothing is made twice.";
        StateHasChanged();
        return true;
    }

    private bool FillIn(GenerationRequest request)
    {
        if (_form.Remix?.JobId != request.RemixOf)
        {
            return false;
        }

        if (_form.Remix is null)
        {
            var choice = _choices.FirstOrDefault(choice => choice.Unavailable is null && (choice.Model.ProviderId, choice.Model.Id) == (request.ProviderId, request.ModelId));
            if (choice is null)
            {
                return false;
            }

            _form.Choose(choice.Model);
            _form.TakeFrom(request);
        }

        _form.Prompt = request.Prompt;
        _form.Variations = request.Variations.ToString(CultureInfo.InvariantCulture);
        return true;
    }

    // Whatever a person's own browser holds is only read; a text that is no request is none.
    private static GenerationRequest? ReadRequest(string kept)
    {
        try
        {
            return JsonSerializer.Deserialize<GenerationRequest>(kept);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
