using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using VideoGen.Web.Accounts;

namespace VideoGen.Tests.Accounts;

[Trait("Req", "R-50")]
public sealed class AccountsSetupTests
{
    [Fact]
    public void Hashing_Password_TakesAsManyRoundsAsOwaspAsksFor()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.AddAccounts();
        using var services = builder.Services.BuildServiceProvider();

        Assert.Equal(210_000, services.GetRequiredService<IOptions<PasswordHasherOptions>>().Value.IterationCount);
        Assert.Equal(TimeSpan.FromMinutes(1), services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>().Value.ValidationInterval);
    }
}
