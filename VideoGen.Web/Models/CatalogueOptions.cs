using System.ComponentModel.DataAnnotations;

namespace VideoGen.Web.Models;

/// <summary>Where the model catalogue comes from. Section "Catalogue".</summary>
public sealed class CatalogueOptions
{
    public const string SectionName = "Catalogue";

    /// <summary>The catalogue file; relative to the application's own folder, where the shipped models.json lies.</summary>
    [Required]
    public string Path { get; set; } = "models.json";
}
