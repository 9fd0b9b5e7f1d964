using Microsoft.AspNetCore.Components;
using VideoGen.Web.Accounts;

namespace VideoGen.Web.Components.Pages.Admin;

/// <summary>One person in the list, with what an administrator can do about them.</summary>
public sealed partial class PersonRowView : ComponentBase
{
    [Inject]
    public required PersonClock Clock { get; init; }

    [Parameter, EditorRequired]
    public bool IsSelf { get; set; }

    [Parameter, EditorRequired]
    public bool Busy { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnRole { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnBlock { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnPassword { get; set; }

    [Parameter, EditorRequired]
    public required PersonRow Row { get; set; }

    private string RoleWord => Row.IsAdmin ? "Make member" : "Make admin";

    private string BlockWord => Row.IsBlocked ? "Allow sign-in" : "Block sign-in";
}
