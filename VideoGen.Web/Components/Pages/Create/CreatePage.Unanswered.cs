using VideoGen.Domain.Jobs;

namespace VideoGen.Web.Components.Pages.Create;

/// <summary>A request that was sent and not answered yet: sent again from the open page, it goes under the same key and makes no further jobs.</summary>
public sealed partial class CreatePage
{
    private GenerationRequest? _unanswered;

    private GenerationRequest UnderItsKey(GenerationRequest request)
    {
        if (_unanswered is null || _unanswered with { RequestKey = null } != request)
        {
            _unanswered = request with { RequestKey = Guid.CreateVersion7() };
        }

        return _unanswered;
    }
}
