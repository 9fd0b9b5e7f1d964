namespace VideoGen.Web.Components;

/// <summary>
/// Speaks to the person outside the flow of the page: sentences for screen readers, and toasts. One per circuit; shown by
/// <see cref="Layout.Announcements"/>. Call it on the circuit's dispatcher, as event handlers are.
/// </summary>
public sealed class Announcer
{
    private Func<Task>? _changed;

    /// <summary>Read out politely; say something only when a state changes, never at every tick.</summary>
    public string Sentence { get; private set; } = "";

    internal Toast? Toast { get; private set; }

    /// <summary>Reads a sentence out to people who do not see the page.</summary>
    public Task SayAsync(string sentence)
    {
        // The same words again are news only if they differ to the reader: a trailing space makes them so.
        Sentence = string.Equals(sentence, Sentence, StringComparison.Ordinal) ? sentence + "\u00a0" : sentence;
        return _changed?.Invoke() ?? Task.CompletedTask;
    }

    /// <summary>Shows a short sentence in the past tense for a few seconds; it replaces the one before.</summary>
    /// <param name="undo">Offers "Undo" for as long as the toast stands.</param>
    public Task ToastAsync(string text, Func<Task>? undo = null)
    {
        Toast = new Toast(text, undo);
        return _changed?.Invoke() ?? Task.CompletedTask;
    }

    internal void ShowIn(Func<Task>? changed) => _changed = changed;

    internal void Close(Toast toast)
    {
        if (Toast == toast)
        {
            Toast = null;
        }
    }
}

/// <summary>One notice; a new object for each, so that two with the same words are told apart.</summary>
internal sealed class Toast(string text, Func<Task>? undo)
{
    public string Text => text;

    public Func<Task>? Undo => undo;

    public TimeSpan Stands => TimeSpan.FromSeconds(undo is null ? 6 : 10);
}
