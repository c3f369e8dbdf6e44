using Microsoft.Extensions.Options;

namespace GraphOrder.Extensions;

/// <summary>Says which option makes no sense, before it is used.</summary>
internal sealed class GraphOrderOptionsValidator : IValidateOptions<GraphOrderOptions>
{
    public ValidateOptionsResult Validate(string? name, GraphOrderOptions options)
    {
        List<string> failures = [];
        if (options.Kernels is null && options.Model is null)
        {
            failures.Add("GraphOrderOptions.Kernels must name two kernels.");
        }

        if (options.DiagnosticCountMax < 1)
        {
            failures.Add("GraphOrderOptions.DiagnosticCountMax must be at least 1; it is "
                + $"{options.DiagnosticCountMax}.");
        }

        try
        {
            options.ChosenKernels();
        }
        catch (RequestException wrong)
        {
            failures.Add(wrong.Message);
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
