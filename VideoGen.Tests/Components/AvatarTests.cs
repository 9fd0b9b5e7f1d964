using VideoGen.Web.Components.Controls;

namespace VideoGen.Tests.Components;

public sealed class AvatarTests
{
    [Theory]
    [InlineData("Mara Lindqvist", "ML")]
    [InlineData("mara", "M")]
    [InlineData("Ana María de la Cruz", "AC")]
    [InlineData("  Örjan  Åberg ", "ÖÅ")]
    [InlineData("🎈 Ballon", "🎈B")]
    [InlineData("", "")]
    public void Initials_Name_AreOfFirstAndLastWord(string name, string initials)
    {
        Assert.Equal(initials, Avatar.Initials(name));
    }
}
