namespace VideoGen.Web.Engine;

/// <summary>What a step means for the next one.</summary>
internal enum StepOutcome
{
    /// <summary>Nothing could be done now; the repeating trigger comes back.</summary>
    Later,

    /// <summary>The next step is due at once.</summary>
    Again,

    /// <summary>As <see cref="Again"/>, and from now on the job is looked at in its provider's own rhythm.</summary>
    Accepted,

    /// <summary>The job has ended, or waits for a person: the engine has nothing more to do for it.</summary>
    Ended,
}
