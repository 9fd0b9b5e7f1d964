using System.Globalization;
using VideoGen.Domain.Models;
using VideoGen.Web.Components.Controls;

namespace VideoGen.Web.Components.Pages.Create;

/// <summary>One model as the list shows it.</summary>
/// <param name="Model">The catalogue entry.</param>
/// <param name="Usual">How long its jobs usually take.</param>
/// <param name="Unavailable">Why it cannot be chosen, in words; <see langword="null"/> when it can.</param>
/// <param name="IsRetired">It is gone for good.</param>
public sealed record ModelChoice(VideoModel Model, UsualTime Usual, string? Unavailable, bool IsRetired = false)
{
    public string Key => $"{Model.ProviderId}/{Model.Id}";

    /// <summary>"5 or 10 s · 1080p · reference image · seed · remix".</summary>
    public string Capabilities
    {
        get
        {
            List<string> words = [Lengths, Model.Sizes.MaxBy(size => Math.Min(size.Width, size.Height)).Resolution];
            if (Model.TakesReferenceImage)
            {
                words.Add("reference image");
            }

            if (Model.TakesSeed)
            {
                words.Add("seed");
            }

            if (Model.CanRemix)
            {
                words.Add("remix");
            }

            return string.Join(" · ", words);
        }
    }

    /// <summary>"Free", "$0.12 per s", "$0.40 per video", "Price not known".</summary>
    public string Price => Model.Price switch
    {
        { PerSecond: null, PerVideo: null } => "Price not known",
        { IsFree: true } => "Free",
        { PerSecond: { } second, PerVideo: null or 0 } => $"{Words.Dollars(second)} per s",
        { PerSecond: null or 0, PerVideo: { } video } => $"{Words.Dollars(video)} per video",
        { PerSecond: { } second, PerVideo: { } video } => $"{Words.Dollars(video)} + {Words.Dollars(second)} per s",
    };

    /// <summary>"Goes away 31 Jan 2027", or <see langword="null"/>.</summary>
    public string? Leaving => Unavailable is null && Model.Lifecycle.SunsetOn is { } lastDay ? ModelChoices.LifecycleOf(Model, lastDay) : null;

    private string Lengths => Model.Durations switch
    {
        [var only] => Words.Length(only),
        { Count: <= 3 } few => $"{string.Join(", ", few.SkipLast(1).Select(Seconds))} or {Words.Length(few[^1])}",
        var many => $"Up to {Words.Length(many[^1])}",
    };

    private static string Seconds(TimeSpan length) => Words.Say($"{length.TotalSeconds:0.##}");
}

/// <summary>Makes the list of models out of the catalogue.</summary>
internal static class ModelChoices
{
    /// <param name="model">The catalogue entry.</param>
    /// <param name="catalogue">Names the substitute.</param>
    /// <param name="missing">The setting that its provider lacks to be used here; <see langword="null"/> when it can be used.</param>
    /// <param name="today">Decides what has been retired.</param>
    /// <returns>Why a model cannot be chosen, or <see langword="null"/> when it can.</returns>
    public static string? UnavailableOf(VideoModel model, ModelCatalogue catalogue, string? missing, DateOnly today)
    {
        if (model.Lifecycle.IsRetired(today))
        {
            var instead = catalogue.SubstituteOf(model) is { } other ? $" Use {other.Name} instead." : "";
            return $"{LifecycleOf(model, today)}.{instead}";
        }

        return missing is null ? null : $"No key set up ({missing})";
    }

    /// <summary>"Active", "Goes away 31 Jan 2027", "Retired 24 Sep 2026".</summary>
    public static string LifecycleOf(VideoModel model, DateOnly today) => model.Lifecycle switch
    {
        var cycle when cycle.IsRetired(today) => $"Retired {Day(cycle.RetiredOn ?? cycle.SunsetOn)}",
        { SunsetOn: { } day } => $"Goes away {Day(day)}",
        _ => "Active",
    };

    private static string Day(DateOnly? day) => day?.ToString("d MMM yyyy", CultureInfo.InvariantCulture) ?? "";
}
