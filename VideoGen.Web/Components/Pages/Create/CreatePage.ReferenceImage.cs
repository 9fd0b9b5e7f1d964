using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using VideoGen.Domain.Jobs;
using VideoGen.Web.Components.Controls;
using VideoGen.Web.Storage;

namespace VideoGen.Web.Components.Pages.Create;

// The reference image: uploaded as soon as it is chosen, so that Generate has only its key to send.
public sealed partial class CreatePage
{
    private CancellationTokenSource? _uploading;
    private string? _imageName;
    private string? _imageUrl;
    private int _imageRound;
    private bool _showThumbnail;

    [Inject]
    internal ReferenceImages Images { get; init; } = default!;

    private async Task UploadAsync(InputFileChangeEventArgs chosen)
    {
        Forget(RequestField.ReferenceImage);
        await RemoveImageAsync(forgetFile: false);
        if (chosen.File.Size > ReferenceImages.MaxBytes)
        {
            Refuse($"This image has {Words.Bytes(chosen.File.Size)}; at most {Words.Bytes(ReferenceImages.MaxBytes)} are possible.");
            return;
        }

        using var upload = new CancellationTokenSource();
        (_uploading, _imageName) = (upload, chosen.File.Name);
        try
        {
            await using var content = chosen.File.OpenReadStream(ReferenceImages.MaxBytes, upload.Token);
            var result = await Images.SaveAsync(await PersonAsync(), content, upload.Token);
            _form.ReferenceImageKey = result.Key;
            _showThumbnail = result.Key is not null;
            if (result.Problem is { } problem)
            {
                Refuse(problem);
            }
        }
        catch (OperationCanceledException) when (upload.IsCancellationRequested)
        {
            // Removed, or the page was left.
        }
        catch (VideoStoreException)
        {
            Refuse("The image could not be stored just now. Try again in a moment.");
        }
        finally
        {
            _uploading = null;
        }
    }

    private Task RemoveImageAsync() => RemoveImageAsync(forgetFile: true);

    private async Task RemoveImageAsync(bool forgetFile)
    {
        if (_uploading is { } upload)
        {
            await upload.CancelAsync();
        }

        _form.ReferenceImageKey = null;
        (_imageName, _imageUrl) = (null, null);
        Forget(RequestField.ReferenceImage);
        _imageRound += forgetFile ? 1 : 0;
    }

    private void Refuse(string why)
    {
        _problems = [.. _problems, new RequestProblem(RequestField.ReferenceImage, why)];
        _imageName = null;
        _imageRound++;
    }
}
