using Microsoft.AspNetCore.Components;
using VideoGen.Web.Accounts;

namespace VideoGen.Web.Components.Pages.Admin;

/// <summary>Asks who is to be added. The first field that is refused takes the focus.</summary>
public sealed partial class AddPersonForm : ComponentBase
{
    private readonly Entry _entry = new();
    private ElementReference _name;
    private ElementReference _email;
    private IReadOnlyList<FieldProblem>? _seen;

    [Parameter, EditorRequired]
    public required IReadOnlyList<FieldProblem> Problems { get; set; }

    [Parameter, EditorRequired]
    public bool Busy { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<Entry> OnAdd { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnCancel { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!ReferenceEquals(_seen, Problems))
        {
            _seen = Problems;
            await (firstRender || Error(PersonFields.Name) is not null ? _name : _email).FocusAsync();
        }
    }

    private string? Error(string field) =>
        Problems.FirstOrDefault(problem => string.Equals(problem.Field, field, StringComparison.Ordinal))?.Text;

    private string? Invalid(string field) => Error(field) is null ? null : "true";

    private string? DescribedBy(string field, string id) => Error(field) is null ? null : id;

    /// <summary>What was typed.</summary>
    public sealed class Entry
    {
        public string? Name { get; set; }

        public string? Email { get; set; }

        public bool IsAdmin { get; set; }
    }
}
