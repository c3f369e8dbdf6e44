namespace GraphOrder.Cli;

/// <summary>What <c>--model</c> takes: a name or a file of each kernel's lifecycle model.</summary>
internal static class ModelArgument
{
    /// <summary>What the help calls the value.</summary>
    public const string HelpName = "OLD[:NEW]";

    private const string Option = "--model";
    private const char Separator = ':';
    private const string Extension = ".json";

    /// <summary>What the help says.</summary>
    public static string Description { get; } =
        "The lifecycle model, or OLD:NEW where the next kernel has another one. Each is a name or a file "
        + $"(graphorder/model/1). Known: {string.Join(", ", LifecycleModel.BuiltIn)}.";

    /// <summary>The kernels whose models the user names.</summary>
    /// <exception cref="RequestException">A name is not known, or the two do not fit.</exception>
    /// <exception cref="MalformedDocumentException">A file is no model.</exception>
    public static KernelPair Kernels(string model, CancellationToken cancellation)
    {
        string[] parts = File.Exists(model) ? [model] : model.Split(Separator, 2);
        LifecycleModel old = Find(parts[0], Option, cancellation);
        LifecycleModel next = parts.Length == 1 ? old : Find(parts[1], Option, cancellation);
        return RequestNames.KernelsOf(old, next);
    }

    /// <summary>The model of a name or a file.</summary>
    public static LifecycleModel Find(string part, string what, CancellationToken cancellation)
    {
        if (LifecycleModel.TryFind(part, out LifecycleModel? model))
        {
            return model!;
        }

        bool isFile = part == InputFile.StandardInput
            || part.EndsWith(Extension, StringComparison.Ordinal)
            || part.Contains('/', StringComparison.Ordinal)
            || File.Exists(part);
        if (!isFile)
        {
            string[] known = [.. LifecycleModel.BuiltIn.Select(found => found.Name)];
            throw UsageErrors.WrongValue(what, part, known);
        }

        using Stream stream = InputFile.Open(part);
        return ModelReader.Read(stream, InputFile.NameOf(part), cancellation);
    }
}
