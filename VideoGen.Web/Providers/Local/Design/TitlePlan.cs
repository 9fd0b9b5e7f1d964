namespace VideoGen.Web.Providers.Local.Design;

/// <summary>One phrase and when it is on the screen.</summary>
internal sealed record Card(string Words, double Start, double End)
{
    public double Length => End - Start;
}

/// <summary>Which phrases of a prompt a video shows, and when.</summary>
/// <param name="Caption">A second thought to stand small beside the only card; may be empty.</param>
internal sealed record TitlePlan(IReadOnlyList<Card> Cards, string Caption)
{
    /// <summary>Time that a phrase needs to arrive, be read and leave.</summary>
    private const double ReadingTime = 2.1;

    private const double Lead = 0.25;

    public static TitlePlan For(string words, double duration)
    {
        var phrases = TitleText.Phrases(words, 44);
        if (phrases.Count == 0)
        {
            return new TitlePlan([], "");
        }

        var places = Math.Max(1, (int)(duration / ReadingTime));
        if (places == 1)
        {
            return new TitlePlan([new Card(phrases[0], Lead, duration)], phrases.Count > 1 && phrases[1].Length <= 44 ? phrases[1] : "");
        }

        // With time to spare a phrase is told in pieces and then whole.
        foreach (var longest in (int[])[14, 20, 28])
        {
            var pieces = TitleText.Phrases(words, longest);
            if (pieces.Count > phrases.Count && pieces.Count < places)
            {
                return new TitlePlan(Spread([.. pieces, phrases[0]], duration), "");
            }
        }

        return new TitlePlan(Spread([.. phrases.Take(places)], duration), "");
    }

    // Long phrases get more of the time; the last one stays until the picture fades.
    private static List<Card> Spread(IReadOnlyList<string> phrases, double duration)
    {
        var shares = phrases.Select((phrase, index) => 14.0 + phrase.Length + (index == phrases.Count - 1 ? 8 : 0)).ToList();
        var (total, time) = (shares.Sum(), Lead);
        List<Card> cards = [];
        for (var index = 0; index < phrases.Count; index++)
        {
            var end = time + (shares[index] / total * (duration - Lead));
            cards.Add(new Card(phrases[index], time, end));
            time = end;
        }

        return cards;
    }
}
