using GraphOrder.PageTables;

namespace GraphOrder.Mappings;

/// <summary>The images that a set names, each opened once. Closed together.</summary>
internal sealed class OpenImages : IDisposable
{
    private readonly string _folder;
    private readonly Dictionary<string, (PhysicalImage? Image, string? WhyNot)> _images =
        new(StringComparer.Ordinal);

    public OpenImages(string folder) => _folder = folder;

    /// <summary>Whether any image is open.</summary>
    public bool AreAny => _images.Values.Any(static found => found.Image is not null);

    /// <summary>Opens an image, unless it is open.</summary>
    public void Open(string? name)
    {
        if (name is not null && !_images.ContainsKey(name))
        {
            string path = Path.Combine(_folder, name);
            bool isOpen = PhysicalImage.TryOpen(
                path, ImageOptions.Default, out PhysicalImage? image, out ImageFlaw flaw);
            _images.Add(name, (image, isOpen ? null : $"{name} {Words(flaw)}"));
        }
    }

    /// <summary>An image that was opened; null with the reason where it could not be.</summary>
    public PhysicalImage? Find(string? name, out string? whyNot)
    {
        (PhysicalImage? image, whyNot) = name is null ? (null, "no image is named") : _images[name];
        return image;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((PhysicalImage? image, _) in _images.Values)
        {
            image?.Dispose();
        }
    }

    private static string Words(ImageFlaw flaw) =>
        flaw == ImageFlaw.CannotRead ? "cannot be read" : "is no image of memory that is known";
}
