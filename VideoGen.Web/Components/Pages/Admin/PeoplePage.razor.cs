using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using VideoGen.Web.Accounts;

namespace VideoGen.Web.Components.Pages.Admin;

/// <summary>Who can sign in, as what, and how an administrator changes that.</summary>
public sealed partial class PeoplePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<PersonRow>? _rows;
    private IReadOnlyList<FieldProblem> _problems = [];
    private GivenPassword.Gift? _given;
    private PersonRow? _replacing;
    private ElementReference _safe;
    private string? _search;
    private string? _refusal;
    private Guid _self;
    private bool _adding;
    private bool _busy;
    private bool _focusSafe;

    [Inject]
    internal PeopleQuery People { get; init; } = null!;

    [Inject]
    internal AddPersonCommand AddPerson { get; init; } = null!;

    [Inject]
    internal ChangeRoleCommand ChangeRole { get; init; } = null!;

    [Inject]
    internal BlockPersonCommand BlockPerson { get; init; } = null!;

    [Inject]
    internal GivePasswordCommand GivePassword { get; init; } = null!;

    [Inject]
    public required Announcer Announcer { get; init; }

    [Inject]
    public required AuthenticationStateProvider SignedIn { get; init; }

    private string? CountWords => _rows is null || !string.IsNullOrEmpty(_search)
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{_rows.Count} {(_rows.Count == 1 ? "person" : "people")}");

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _self = (await SignedIn.GetAuthenticationStateAsync()).User.PersonId();
        await LoadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusSafe)
        {
            _focusSafe = false;
            await _safe.FocusAsync();
        }
    }

    private async Task LoadAsync()
    {
        var wanted = _search;
        var rows = await People.RunAsync(wanted, _leaving.Token);
        if (string.Equals(wanted, _search, StringComparison.Ordinal))
        {
            _rows = rows; // not an answer that somebody has typed past
        }
    }

    private void StartAdding()
    {
        (_adding, _problems, _given, _replacing) = (true, [], null, null);
    }

    private async Task AddAsync(AddPersonForm.Entry entry)
    {
        var result = await RunAsync(() => AddPerson.ExecuteAsync(_self, entry.Name, entry.Email, entry.IsAdmin, _leaving.Token));
        if (result is { Done: true, GivenPassword: { } password })
        {
            _adding = false;
            _given = new GivenPassword.Gift(entry.Name!.Trim(), entry.Email!.Trim(), password);
            await Announcer.SayAsync($"{entry.Name.Trim()} was added. Their one-time password is shown at the top.");
        }
    }

    private async Task ChangeRoleAsync(PersonRow row)
    {
        if (await RunAsync(() => ChangeRole.ExecuteAsync(_self, row.Id, !row.IsAdmin, _leaving.Token)) is { Done: true })
        {
            await Announcer.ToastAsync(
                row.IsAdmin ? $"{row.Name} is a member now" : $"{row.Name} is an administrator now",
                () => RunAsync(() => ChangeRole.ExecuteAsync(_self, row.Id, row.IsAdmin, _leaving.Token)));
        }
    }

    private async Task BlockAsync(PersonRow row)
    {
        if (await RunAsync(() => BlockPerson.ExecuteAsync(_self, row.Id, !row.IsBlocked, _leaving.Token)) is { Done: true })
        {
            await Announcer.ToastAsync(
                row.IsBlocked ? $"{row.Name} can sign in again" : $"{row.Name} cannot sign in now",
                () => RunAsync(() => BlockPerson.ExecuteAsync(_self, row.Id, row.IsBlocked, _leaving.Token)));
        }
    }

    private Task AskForPasswordAsync(PersonRow row)
    {
        (_replacing, _given, _adding, _focusSafe) = (row, null, false, true);
        return Task.CompletedTask;
    }

    private async Task GivePasswordAsync()
    {
        if (_replacing is { } row
            && await RunAsync(() => GivePassword.ExecuteAsync(_self, row.Id, _leaving.Token)) is { GivenPassword: { } password })
        {
            _given = new GivenPassword.Gift(row.Name, row.Email, password);
            await Announcer.SayAsync($"{row.Name} has a new password. It is shown at the top.");
        }

        _replacing = null;
    }

    /// <summary>One action at a time; what it refuses stands at its field, or above the list.</summary>
    private async Task<PeopleCommandResult> RunAsync(Func<Task<PeopleCommandResult>> action)
    {
        if (_busy)
        {
            return PeopleCommandResult.Missing;
        }

        _busy = true;
        try
        {
            var result = await action();
            _problems = result.Problems;
            _refusal = result.Problems.FirstOrDefault(problem => problem.Field.Length == 0)?.Text;
            await LoadAsync();
            StateHasChanged(); // an undo comes from the toast, which renders only itself
            return result;
        }
        finally
        {
            _busy = false;
        }
    }
}
