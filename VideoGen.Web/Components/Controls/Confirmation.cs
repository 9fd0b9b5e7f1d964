using Radzen;

namespace VideoGen.Web.Components.Controls;

/// <summary>Asks before money, and before something is stopped that costs money.</summary>
internal static class Confirmation
{
    /// <returns><see langword="true"/> only for the button that acts; Esc and the backdrop mean the safe answer.</returns>
    public static async Task<bool> AskAsync(this DialogService dialogs, ConfirmationText text)
    {
        var answer = await dialogs.OpenAsync<ConfirmDialog>(
            text.Title,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(ConfirmDialog.Text)] = text.Text,
                [nameof(ConfirmDialog.Note)] = text.Note,
                [nameof(ConfirmDialog.Safe)] = text.Safe,
                [nameof(ConfirmDialog.Act)] = text.Act,
                [nameof(ConfirmDialog.Destroys)] = text.Destroys,
            },
            Sheet());
        return answer is true;
    }

    /// <summary>Asks the same, and for the reason.</summary>
    /// <returns>The reason; <see langword="null"/> for the safe answer.</returns>
    public static async Task<string?> AskWhyAsync(this DialogService dialogs, ConfirmationText text) => (string?)await dialogs.OpenAsync<WhyDialog>(
        text.Title, new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(WhyDialog.Text)] = text }, Sheet());

    /// <summary>How dialogs of ours open and close.</summary>
    public static DialogOptions Sheet() => new()
    {
        AutoFocusFirstElement = false,
        CloseDialogOnOverlayClick = true,
        CloseDialogOnEsc = true,
        CssClass = "sheet",
        Width = "min(35rem, calc(100vw - 2rem))",
    };
}

/// <summary>What a confirmation says; see <see cref="ConfirmDialog"/>.</summary>
public sealed record ConfirmationText(string Title, string Text, string? Note, string Safe, string Act, bool Destroys = false);
