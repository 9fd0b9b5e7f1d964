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

        var image = request.ReferenceImage is { } reference ? await ReadAsync(reference, cancellationToken) : null;
        return new ModelCall(IdOf(model, request), input.Fill(request, image));
    }

    /// <summary>The model on the wire, as <see cref="OfAsync"/> names it; the one asked for when the catalogue has it no more.</summary>
    public static string IdOf(ModelCatalogue catalogue, string providerId, VideoRequest request) =>
        catalogue.Find(providerId, request.ModelId) is { } model ? IdOf(model, request) : request.ModelId;

    private static string IdOf(VideoModel model, VideoRequest request) =>
        request.ReferenceImage is not null && model.ImageId is { } imageId ? imageId : model.Id;

    // Models take links or data URIs. A link would have to lead into this installation from outside.
    private static async Task<string> ReadAsync(ReferenceImage image, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await image.OpenAsync(cancellationToken);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken);
            return $"data:{image.MediaType};base64,{Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}";
        }
        catch (IOException ex)
        {
            throw new VideoProviderException(FailureKind.InputRefused, "The reference image cannot be read. Nothing was sent.", detail: null, ex);
        }
    }
}
