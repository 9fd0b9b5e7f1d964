using Microsoft.Extensions.Options;
using VideoGen.Tests.Data;
using VideoGen.Web.Engine;

namespace VideoGen.Tests.Engine;

[Trait("Req", "R-72")]
public sealed class EngineOptionsTests(SqliteDatabase database) : EngineTests(database), IClassFixture<SqliteDatabase>
{
    [Theory]
    [InlineData("PollInterval", "00:00:00")]
    [InlineData("PollInterval", "-00:00:05")]
    [InlineData("MaxParallelSteps", "0")]
    [InlineData("MaxParallelSteps", "-7")]
    [InlineData("ReconcileInterval", "00:00:00")]
    [InlineData("ReconcileInterval", "-00:00:01")]
    [InlineData("SubmitTimeout", "00:00:01")]
    [InlineData("Lease", "00:00:00")]
    [InlineData("GiveUpAfter", "00:00:00")]
    [InlineData("MaxParallelSaves", "0")]
    [InlineData("StopTimeout", "01:00:00")]
    public async Task Start_ValueOutOfRange_NamesTheKey(string key, string value)
    {
        var error = await Record.ExceptionAsync(() => Start(settings: Setting(key, value), clock: TimeProvider.System).RunAsync());

        Assert.Contains(key, Assert.IsType<OptionsValidationException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ValueNoTime_NamesTheKey()
    {
        var error = await Record.ExceptionAsync(() => Start(settings: Setting("PollInterval", "often"), clock: TimeProvider.System).RunAsync());

        Assert.Contains("Engine:PollInterval", Assert.IsType<InvalidOperationException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Req", "R-10")]
    public void Options_NothingConfigured_AreWhatIsRequired()
    {
        var options = new EngineOptions();

        Assert.Equal((TimeSpan.FromSeconds(5), 100), (options.PollInterval, options.MaxParallelSteps));
    }

    private static Dictionary<string, string?> Setting(string key, string value) =>
        new(StringComparer.Ordinal) { [$"{EngineOptions.SectionName}:{key}"] = value };
}
