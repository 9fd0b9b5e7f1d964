using System.Text.Json.Nodes;
using VideoGen.Domain.Jobs;
using VideoGen.Domain.Models;
using VideoGen.Domain.Providers;

namespace VideoGen.Web.Providers.Transport;

/// <summary>What a provider that runs any model is sent for one video.</summary>
/// <param name="ModelId">The model on the wire; with a reference image it may be another one.</param>
/// <param name="Input">The model's input, filled as the catalogue says.</param>
internal sealed record ModelCall(string ModelId, JsonObject Input)
{
    /// <exception cref="VideoProviderException">Nothing can be sent, and nothing was.</exception>
    public static async Task<ModelCall> OfAsync(ModelCatalogue catalogue, string providerId, VideoRequest request, CancellationToken cancellationToken)
    {
        if (catalogue.Find(providerId, request.ModelId) is not { Input: { } input } model)
        {
            throw new VideoProviderException(FailureKind.RetiredModel, "This model is no longer in the catalogue. Nothing was sent.");
        }

        // Models take links or data URIs. A link would have to lead into this installation from outside.
        var image = request.ReferenceImage is { } reference ? await InlineImage.ReadAsync(reference, model.ProviderName, cancellationToken) : null;
        return new ModelCall(IdOf(model, request), input.Fill(request, image?.DataUri));
    }

    /// <summary>The model on the wire, as <see cref="OfAsync"/> names it; the one asked for when the catalogue has it no more.</summary>
    public static string IdOf(ModelCatalogue catalogue, string providerId, VideoRequest request) =>
        catalogue.Find(providerId, request.ModelId) is { } model ? IdOf(model, request) : request.ModelId;

    private static string IdOf(VideoModel model, VideoRequest request) =>
        request.ReferenceImage is not null && model.ImageId is { } imageId ? imageId : model.Id;
}
