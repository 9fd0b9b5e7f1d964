using VideoGen.Simulator.Jobs;

namespace VideoGen.Simulator.Misbehaving;

/// <summary>Which requests meet which misbehaviour: by rule, by a word in the prompt, and by chance.</summary>
internal sealed class Misbehaviours(double rate, int seed)
{
    private readonly Lock _lock = new();
    private readonly List<Counted> _rules = [];
    private readonly Dictionary<(string Subject, string Word), Counted> _words = [];

    // Not a secret: the same seed has to give the same run.
#pragma warning disable CA5394
    private readonly Random _chance = new(seed);

    /// <exception cref="ArgumentException">The rule can never be followed.</exception>
    public void Add(MisbehaviourRule rule)
    {
        if (rule is { Kind: MisbehaviourKind.ResetBeforeRead, PromptContains: not null, Operation: null or Operation.Create or Operation.Remix })
        {
            throw new ArgumentException("Before the body is read, nobody knows the prompt of a create.", nameof(rule));
        }

        lock (_lock)
        {
            _rules.Add(new Counted(rule));
        }
    }

    /// <summary>Forgets all rules. What was done to jobs stays done.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _rules.Clear();
        }
    }

    /// <summary>What a request meets whose body has been read; counts as met.</summary>
    public Taken Take(string dialect, Operation operation, SimulatedJob? job, string? prompt)
    {
        lock (_lock)
        {
            var taken = _rules.Concat(WordsOf(job?.Id ?? prompt, prompt))
                .Where(counted => counted.Rule.Kind is not MisbehaviourKind.ResetBeforeRead && counted.TryTake(dialect, operation, prompt))
                .Select(counted => counted.Rule)
                .ToList();
            if (taken.Count == 0 && operation is not Operation.Other && _chance.NextDouble() < rate)
            {
                taken.AddRange(ByChance(operation));
            }

            return new Taken(taken);
        }
    }

    /// <summary>Whether a request is cut off before its body is read; counts as met.</summary>
    public bool TakeResetBeforeRead(string dialect, Operation operation, string? prompt)
    {
        lock (_lock)
        {
            return _rules.Exists(counted => counted.Rule.Kind is MisbehaviourKind.ResetBeforeRead && counted.TryTake(dialect, operation, prompt));
        }
    }

    private IEnumerable<Counted> WordsOf(string? subject, string? prompt)
    {
        foreach (var rule in PromptWords.In(prompt))
        {
            var key = (subject!, rule.PromptContains!);
            if (!_words.TryGetValue(key, out var counted))
            {
                _words.Add(key, counted = new Counted(rule));
            }

            yield return counted;
        }
    }

    private IEnumerable<MisbehaviourRule> ByChance(Operation operation)
    {
        var kinds = MisbehaviourKinds.Survivable.Where(kind => kind.FitsAt(operation) && (kind.IsFate() || kind.FitsUnasked(operation))).ToList();
        yield return new MisbehaviourRule { Kind = kinds[_chance.Next(kinds.Count)], RetryAfter = RetryAfter.Seconds };
    }
#pragma warning restore CA5394

    private sealed class Counted(MisbehaviourRule rule)
    {
        private int _taken;

        public MisbehaviourRule Rule { get; } = rule;

        public bool TryTake(string dialect, Operation operation, string? prompt)
        {
            if (_taken >= (Rule.Times ?? int.MaxValue) || !Rule.Fits(dialect, operation, prompt))
            {
                return false;
            }

            _taken++;
            return true;
        }
    }
}
