using System.Globalization;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Prompts;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Jobs;

namespace VideoGen.Web.Components.Pages.Create;

/// <summary>What stands in the form. Knows what the chosen model offers, and no page.</summary>
internal sealed class CreateForm
{
    // Numbers that RequestRules refuses, so that what cannot be read gets the same sentence as what is out of range.
    private const int UnreadableCount = 0;
    private const long UnreadableSeed = -1;

    public VideoModel? Model { get; private set; }

    public string Prompt
    {
        get;
        set
        {
            field = value;
            if (string.IsNullOrWhiteSpace(value))
            {
                // Who clears the field begins something else.
                OriginalPrompt = null;
            }
        }
    } = "";

    /// <summary>What the person wrote before it was refined, while a refined text stands in the field.</summary>
    public string? OriginalPrompt { get; private set; }

    public VideoSize Size { get; private set; }

    public TimeSpan Duration { get; set; }

    public int? FrameRate { get; set; }

    /// <summary>As typed.</summary>
    public string Variations { get; set; } = "1";

    /// <summary>As typed; empty for a random one.</summary>
    public string Seed { get; set; } = "";

    public string? ReferenceImageKey { get; set; }

    /// <summary>The video that is to be remade; its model, size and length are then settled. <see langword="null"/> for a new video.</summary>
    public RemixOffer? Remix { get; private set; }

    public int PromptLength => PromptText.LengthOf(Prompt);

    /// <summary>The limit that the chosen model sets; <see langword="null"/> when it has none of its own.</summary>
    public int? PromptLimit => Model?.MaxPromptLength;

    /// <summary>How long a prompt may be, whoever says so.</summary>
    public int MostCharacters => Math.Min(PromptLimit ?? RequestRules.MaxPromptLength, RequestRules.MaxPromptLength);

    public int TooLongBy => Math.Max(0, PromptLength - MostCharacters);

    /// <summary>Whether there is something to shorten, and a text that can be kept beside what becomes of it.</summary>
    public bool CanBeRefined => TooLongBy > 0 && PromptLength <= RequestRules.MaxPromptLength;

    public string Shape => Size.AspectRatio;

    public IReadOnlyList<string> Shapes => [.. Sizes.Select(size => size.AspectRatio).Distinct(StringComparer.Ordinal)];

    public IReadOnlyList<VideoSize> SizesOfShape => [.. Sizes.Where(size => HasShape(size, Shape)).OrderBy(size => size.Height * size.Width)];

    public IReadOnlyList<TimeSpan> Durations => Remix is { } source ? [source.Duration] : Model?.Durations ?? [];

    public IReadOnlyList<int> FrameRates => Remix is null ? Model?.FrameRates ?? [] : [];

    public bool TakesSeed => Remix is null && Model is { TakesSeed: true };

    public bool TakesReferenceImage => Remix is null && Model is { TakesReferenceImage: true };

    /// <summary>How many videos, or <see langword="null"/> while that cannot be read.</summary>
    public int? VariationCount =>
        int.TryParse(Variations, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var count) ? count : null;

    public decimal? Cost => Model?.Price.CostOf(Duration) * Math.Max(1, VariationCount ?? 1);

    /// <summary>Why nothing can be generated now, or <see langword="null"/>.</summary>
    public string? Blocked => this switch
    {
        { Model: null } => "Choose a model first.",
        { TooLongBy: > 0 and var excess } => Words.Say($"The prompt is {excess} characters too long for {Model.Name}."),
        _ when string.IsNullOrWhiteSpace(Prompt) => "Write a prompt first.",
        _ => null,
    };

    /// <summary>Chooses a model; values that it does not offer become its nearest.</summary>
    /// <returns>What has changed by that, in words.</returns>
    public IReadOnlyList<string> Choose(VideoModel model)
    {
        var first = Model is null;
        var before = (Size, Duration, FrameRate, Variations, Seed);
        Model = model;
        Size = first ? model.Sizes[0] : Nearest(model.Sizes, Size);
        Duration = first ? model.DefaultDuration : model.Durations.MinBy(offered => (offered - before.Duration).Duration());
        FrameRate = FrameRate is { } rate && model.FrameRates.Contains(rate) ? rate : model.FrameRates is [var usual, ..] ? usual : null;
        Variations = VariationCount > model.MaxVariations ? model.MaxVariations.ToString(CultureInfo.InvariantCulture) : Variations;
        Seed = model.TakesSeed ? Seed : "";
        if (first)
        {
            return [];
        }

        List<string> changes = [];
        Note(before.Size != Size, $"Size is now {Size.AspectRatio}, {Size.Resolution}");
        Note(before.Duration != Duration, $"Length is now {Words.Length(Duration)}");
        Note(before.FrameRate is not null && FrameRate is not null && before.FrameRate != FrameRate, Words.Say($"Frame rate is now {FrameRate}"));
        Note(!string.Equals(before.Variations, Variations, StringComparison.Ordinal), $"Videos are now {Variations}");
        Note(before.Seed.Length > 0 && Seed.Length == 0, $"{model.Name} takes no seed");
        return changes;

        void Note(bool changed, string words)
        {
            if (changed)
            {
                changes.Add(words + ".");
            }
        }
    }

    public void ChooseShape(string shape)
    {
        var offered = Sizes.Where(size => HasShape(size, shape)).ToList();
        if (offered.Count > 0)
        {
            Size = Nearest(offered, Size);
        }
    }

    public void ChooseSize(VideoSize size) => Size = size;

    /// <summary>Takes a refined text; of several in a row, what the person wrote first is kept.</summary>
    public void UseRefined(string refined)
    {
        OriginalPrompt ??= Prompt;
        Prompt = refined;
    }

    /// <summary>Puts back what the person wrote.</summary>
    public void Revert()
    {
        Prompt = OriginalPrompt ?? Prompt;
        OriginalPrompt = null;
    }

    /// <summary>Takes the settings of an earlier job as far as its model still offers them.</summary>
    public void TakeFrom(GenerationRequest earlier)
    {
        Prompt = earlier.Prompt;
        OriginalPrompt = earlier.OriginalPrompt;
        if (Model is not { } model)
        {
            return;
        }

        Size = Nearest(model.Sizes, earlier.Size);
        Duration = model.Durations.MinBy(offered => (offered - earlier.Duration).Duration());
        FrameRate = earlier.FrameRate is { } rate && model.FrameRates.Contains(rate) ? rate : FrameRate;
        Seed = model.TakesSeed && earlier.Seed is { } seed ? seed.ToString(CultureInfo.InvariantCulture) : "";
        ReferenceImageKey = model.TakesReferenceImage ? earlier.ReferenceImageKey : null;
    }

    /// <summary>Makes the form one for a remix of a video, by the model that can.</summary>
    public void TakeRemix(RemixOffer source, VideoModel model)
    {
        Choose(model);
        (Remix, Size, Duration, FrameRate) = (source, source.Size, source.Duration, source.FrameRate);
        (Seed, ReferenceImageKey) = ("", null);
    }

    /// <summary>Makes the form one for a new video again.</summary>
    /// <returns>What has changed by that, in words.</returns>
    public IReadOnlyList<string> ForgetRemix()
    {
        Remix = null;
        return Model is { } model ? Choose(model) : [];
    }

    public GenerationRequest ToRequest() => new()
    {
        ProviderId = Model?.ProviderId,
        ModelId = Model?.Id,
        Prompt = Prompt,
        OriginalPrompt = OriginalPrompt,
        Size = Size,
        Duration = Duration,
        FrameRate = FrameRate,
        Variations = VariationCount ?? UnreadableCount,
        Seed = SeedNumber,
        ReferenceImageKey = TakesReferenceImage ? ReferenceImageKey : null,
        RemixOf = Remix?.JobId,
    };

    private IReadOnlyList<VideoSize> Sizes => Remix is { } source ? [source.Size] : Model?.Sizes ?? [];

    private long? SeedNumber => string.IsNullOrWhiteSpace(Seed)
        ? null
        : long.TryParse(Seed.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : UnreadableSeed;

    private static bool HasShape(VideoSize size, string shape) => string.Equals(size.AspectRatio, shape, StringComparison.Ordinal);

    // The same shape matters more than the same number of lines.
    private static VideoSize Nearest(IReadOnlyList<VideoSize> offered, VideoSize wanted) => offered
        .OrderBy(size => size == wanted ? 0 : 1)
        .ThenBy(size => HasShape(size, wanted.AspectRatio) ? 0 : 1)
        .ThenBy(size => Math.Abs(Math.Min(size.Width, size.Height) - Math.Min(wanted.Width, wanted.Height)))
        .First();
}
