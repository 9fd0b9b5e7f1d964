using Microsoft.AspNetCore.Components;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Components.Controls;

namespace VideoGen.Web.Components.Pages.Create;

// A prompt that does not fit: a version that does is proposed, and used only when the person says so.
public sealed partial class CreatePage
{
    private readonly PromptRefinement _refinement = new();
    private CancellationTokenSource? _refining;
    private PromptEditor? _editor;

    [Inject]
    public required IPromptRefiner Refiner { get; init; }

    private async Task RefineAsync()
    {
        // One click, one request.
        if (_refining is not null || _form.Model is not { } model || !_form.CanBeRefined)
        {
            return;
        }

        using var work = new CancellationTokenSource();
        _refining = work;
        _refinement.Begin(_form.Prompt);
        try
        {
            var result = await Refiner.RefineAsync(new PromptToRefine(_form.Prompt, _form.MostCharacters, model.Name, _refinement.Attempt), work.Token);
            if (!work.IsCancellationRequested)
            {
                _refinement.Offer(result);
                await Announcer.SayAsync(Words.Say($"A version with {PromptText.LengthOf(result.Text)} characters is ready. Use it, or keep yours."));
            }
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested)
        {
            // The prompt or the model has changed, or the page was left.
        }
        catch (PromptRefinementException failure) when (!work.IsCancellationRequested)
        {
            _refinement.Fail(failure.Message);
            await Announcer.SayAsync(failure.Message);
        }
        finally
        {
            _refining = _refining == work ? null : _refining;
        }
    }

    private async Task UseRefinedAsync()
    {
        if (_refinement.Result is { } refined)
        {
            _form.UseRefined(refined.Text);
            ForgetRefinement();
            Forget(RequestField.Prompt);
            await Announcer.SayAsync("The refined prompt is in use. Your original is kept with the job.");
        }
    }

    private async Task EditRefinedAsync()
    {
        await UseRefinedAsync();
        await FocusPromptAsync();
    }

    private async Task KeepMineAsync()
    {
        ForgetRefinement();
        await FocusPromptAsync();
    }

    private async Task RevertAsync()
    {
        _form.Revert();
        ForgetRefinement();
        await Announcer.SayAsync("Your own prompt is back.");
        await FocusPromptAsync();
    }

    // The proposal stands as long as it answers the question: the same text, and a model that takes it.
    private void ReviewRefinement()
    {
        var fits = _refinement.Result is { } refined && PromptText.LengthOf(refined.Text) <= _form.MostCharacters;
        if (_form.TooLongBy == 0 || !fits)
        {
            ForgetRefinement();
        }
    }

    private void ForgetRefinement()
    {
        _refining?.Cancel();
        _refining = null;
        _refinement.Forget();
    }

    private async Task FocusPromptAsync()
    {
        if (_editor is { } editor)
        {
            await editor.FocusAsync();
        }
    }
}
