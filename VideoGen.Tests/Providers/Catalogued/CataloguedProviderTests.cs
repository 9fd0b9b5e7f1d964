using VideoGen.Domain.Jobs;
using VideoGen.Domain.Providers;
using VideoGen.Simulator;
using VideoGen.Simulator.Misbehaving;
using VideoGen.Web.Providers.Transport;

namespace VideoGen.Tests.Providers.Catalogued;

/// <summary>What holds for every provider that runs any model, whatever goes wrong. A test class for each derives from it.</summary>
public abstract class CataloguedProviderTests : IAsyncLifetime
{
    private protected CataloguedRun Run { get; private set; } = null!;

    /// <summary>A model of the shipped catalogue.</summary>
    private protected abstract string ModelId { get; }

    private protected abstract Task<CataloguedRun> StartAsync();

    public async ValueTask InitializeAsync() => Run = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Run.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [Trait("Req", "R-16")]
    [InlineData(nameof(MisbehaviourKind.ServerError))]
    [InlineData(nameof(MisbehaviourKind.Unavailable))]
    [InlineData(nameof(MisbehaviourKind.ResetBeforeRead))]
    [InlineData(nameof(MisbehaviourKind.ResetAfterRead))]
    [InlineData(nameof(MisbehaviourKind.AnswerLost))]
    [InlineData(nameof(MisbehaviourKind.AnswerTruncated))]
    [InlineData(nameof(MisbehaviourKind.AnswerNotJson))]
    [InlineData(nameof(MisbehaviourKind.GzipBomb))]
    [InlineData(nameof(MisbehaviourKind.NoIdInAnswer))]
    public async Task Submit_AnswerIsLost_IsUnknownAndSentOnce(string kind)
    {
        Misbehave(Operation.Create, kind);

        var lost = await Assert.ThrowsAsync<AnswerLostException>(() => Run.SubmitAsync(Request()));

        Assert.Single(Run.Arrived(Operation.Create));
        CataloguedRun.AssertDiscreet(lost);
    }

    [Theory]
    [Trait("Req", "R-44")]
    [InlineData(nameof(MisbehaviourKind.RateLimited), FailureKind.RateLimited, true)]
    [InlineData(nameof(MisbehaviourKind.Unauthorized), FailureKind.Credentials, false)]
    [InlineData(nameof(MisbehaviourKind.QuotaExceeded), FailureKind.Quota, false)]
    public async Task Submit_Refused_SaysWhyAndIsSentOnce(string kind, FailureKind expected, bool isTransient)
    {
        Misbehave(Operation.Create, kind);

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => Run.SubmitAsync(Request()));

        Assert.Equal((expected, isTransient), (refusal.Kind, refusal.IsTransient));
        Assert.Single(Run.Arrived(Operation.Create));
        CataloguedRun.AssertDiscreet(refusal);
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Submit_NobodyListens_IsProvablyUnsent()
    {
        await Run.Simulator.RefuseConnectionsAsync(Run.Dialect);

        var unsent = await Assert.ThrowsAsync<VideoProviderException>(() => Run.SubmitAsync(Request()));

        Assert.Equal((FailureKind.ProviderDown, true), (unsent.Kind, unsent.IsTransient));
        Assert.Empty(Run.Arrived(Operation.Create));
    }

    [Fact]
    [Trait("Req", "R-03")]
    public async Task Submit_ModelNotInTheCatalogue_SendsNothing()
    {
        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => Run.SubmitAsync(CataloguedRun.Request("nobody/knows")));

        Assert.Equal((FailureKind.RetiredModel, false), (refusal.Kind, refusal.IsTransient));
        Assert.Empty(Run.Simulator.Ledger.Entries());
    }

    [Fact]
    [Trait("Req", "R-16")]
    public async Task Submit_ImageCannotBeRead_SendsNothing()
    {
        var request = Request() with { ReferenceImage = new ReferenceImage("image/png", static _ => throw new FileNotFoundException()) };

        var refusal = await Assert.ThrowsAsync<VideoProviderException>(() => Run.SubmitAsync(request));

        Assert.Equal((FailureKind.Storage, true), (refusal.Kind, refusal.IsTransient));
        Assert.Empty(Run.Simulator.Ledger.Entries());
    }

    [Theory]
    [Trait("Req", "R-14")]
    [InlineData(nameof(MisbehaviourKind.ServerError), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.Unavailable), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.Unauthorized), FailureKind.Credentials, true)]
    [InlineData(nameof(MisbehaviourKind.ResetAfterRead), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.AnswerTruncated), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.AnswerNotJson), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.GzipBomb), FailureKind.ProviderDown, true)]
    [InlineData(nameof(MisbehaviourKind.JobLost), FailureKind.LostAtProvider, false)]
    public async Task Check_Trouble_EndsTheJobOnlyWhenItIsGone(string kind, FailureKind expected, bool isTransient)
    {
        var id = await Run.SubmitAsync(Request());
        Misbehave(Operation.Check, kind);

        var trouble = await Assert.ThrowsAsync<VideoProviderException>(() => Run.CheckAsync(id));

        Assert.Equal((expected, isTransient), (trouble.Kind, trouble.IsTransient));
        CataloguedRun.AssertDiscreet(trouble);
        Assert.Equal(ProviderJobState.Waiting, (await Run.CheckAsync(id)).State);
    }

    [Fact]
    [Trait("Req", "R-11")]
    public async Task Check_StatusNobodyKnows_CountsAsRunning()
    {
        var id = await Run.SubmitAsync(Request());
        Misbehave(Operation.Check, nameof(MisbehaviourKind.UnknownStatusWord));

        var job = await Run.CheckAsync(id);

        Assert.Equal((ProviderJobState.Running, "contemplating"), (job.State, job.RawStatus));
    }

    [Theory]
    [Trait("Req", "R-21")]
    [InlineData(nameof(MisbehaviourKind.LinkExpired))]
    [InlineData(nameof(MisbehaviourKind.ResultNotReady))]
    public async Task OpenResult_LinkIsOfNoUse_AsksForAFreshOne(string kind)
    {
        var id = await Run.SubmitAsync(Request());
        Run.Clock.Advance(CataloguedRun.GenerationTime);
        Run.Simulator.Misbehave("files", Operation.Content, Enum.Parse<MisbehaviourKind>(kind));

        await using var result = await Run.OpenAsync(id);

        Assert.Equal(result.Length, await LengthOfAsync(result));
        var fetched = Run.Simulator.Ledger.Entries("files");
        Assert.Equal(2, fetched.DistinctBy(entry => entry.Path, StringComparer.Ordinal).Count());
        Assert.All(fetched, entry => Assert.Null(entry.CredentialHeader));
    }

    [Fact]
    [Trait("Req", "R-09")]
    public async Task Cancel_RunningEndedAndUnknown_IsFine()
    {
        var id = await Run.SubmitAsync(Request());

        await Run.Provider.CancelAsync(id, CancellationToken.None);
        var cancelled = await Run.CheckAsync(id);
        await Run.Provider.CancelAsync(id, CancellationToken.None);
        Misbehave(Operation.Cancel, nameof(MisbehaviourKind.JobLost));
        await Run.Provider.CancelAsync(id, CancellationToken.None);

        Assert.True(Run.Provider.Capabilities.CanCancel);
        Assert.Equal(ProviderJobState.Cancelled, cancelled.State);
        Assert.Equal(3, Run.Arrived(Operation.Cancel).Count);
    }

    [Fact]
    [Trait("Req", "R-09")]
    public async Task Cancel_ProviderInTrouble_IsNotTakenForDone()
    {
        var id = await Run.SubmitAsync(Request());
        Misbehave(Operation.Cancel, nameof(MisbehaviourKind.Unavailable));

        var trouble = await Assert.ThrowsAsync<VideoProviderException>(() => Run.Provider.CancelAsync(id, CancellationToken.None));

        Assert.Equal((FailureKind.ProviderDown, true), (trouble.Kind, trouble.IsTransient));
    }

    private protected VideoRequest Request() => CataloguedRun.Request(ModelId);

    private protected void Misbehave(Operation operation, string kind) =>
        Run.Simulator.Misbehave(Run.Dialect, operation, Enum.Parse<MisbehaviourKind>(kind));

    private static async Task<long> LengthOfAsync(ProviderResult result)
    {
        using var bytes = new MemoryStream();
        await result.Content.CopyToAsync(bytes, CancellationToken.None);
        return bytes.Length;
    }
}
