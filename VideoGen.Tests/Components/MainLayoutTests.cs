using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using VideoGen.Web.Accounts;
using VideoGen.Web.Components;
using VideoGen.Web.Components.Layout;

namespace VideoGen.Tests.Components;

public sealed class MainLayoutTests : IDisposable
{
    private readonly BunitContext _context = new();
    private readonly BunitAuthorizationContext _person;

    public MainLayoutTests()
    {
        _context.JSInterop.Mode = JSRuntimeMode.Loose;
        _context.Services.AddRadzenComponents();
        _context.Services.AddSingleton<TimeProvider>(new TestClock());
        _context.Services.AddSingleton<Announcer>();
        _person = _context.AddAuthorization();
        _person.SetAuthorized("mara@halden.example");
        _person.SetClaims(new System.Security.Claims.Claim(PersonClaims.DisplayNameType, "Mara Lindqvist"));
        _context.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public void Dispose() => _context.Dispose();

    [Theory]
    [InlineData("", "Create")]
    [InlineData("?seed=7", "Create")]
    [InlineData("gallery", "Gallery")]
    [InlineData("gallery?q=x", "Gallery")]
    [InlineData("admin/people", "Admin")]
    [InlineData("galleryx", null)]
    public void Rail_Address_MarksThePageThatIsOpen(string address, string? word)
    {
        _person.SetRoles(Roles.Admin);
        _context.Services.GetRequiredService<NavigationManager>().NavigateTo(address);

        var layout = Render(builder => builder.AddContent(0, "Body"));

        Assert.Equal(word, layout.FindAll(".rail [aria-current=page]").SingleOrDefault()?.TextContent.Trim());
    }

    [Fact]
    public void Rail_Navigation_MovesTheMark()
    {
        var layout = Render(builder => builder.AddContent(0, "Body"));

        _context.Services.GetRequiredService<NavigationManager>().NavigateTo("gallery");

        layout.WaitForAssertion(() => Assert.Equal("Gallery", layout.Find(".rail [aria-current=page]").TextContent.Trim()));
    }

    [Fact]
    public void Rail_Member_HasNoAdmin()
    {
        var layout = Render(builder => builder.AddContent(0, "Body"));

        Assert.Equal("Create, Gallery", string.Join(", ", layout.FindAll(".rail .nav").Select(link => link.TextContent.Trim())));
        Assert.Equal("ML", layout.Find(".me .avatar").GetAttribute("data-i"));
    }

    [Fact]
    public void Page_Throws_ShowsItsBrokenFaceInsideTheFrame()
    {
        var layout = Render(builder =>
        {
            builder.OpenComponent<Broken>(0);
            builder.CloseComponent();
        });

        Assert.Equal("This page stopped working", layout.Find("main h1").TextContent);
        Assert.NotNull(layout.Find("main button[data-reload]"));
        Assert.DoesNotContain("secret", layout.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(layout.FindAll(".rail .nav"));
    }

    private IRenderedComponent<MainLayout> Render(RenderFragment body) =>
        _context.Render<MainLayout>(parameters => parameters.Add(layout => layout.Body, body));

    private sealed class Broken : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("secret");
    }
}
