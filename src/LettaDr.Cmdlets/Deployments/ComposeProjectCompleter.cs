using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Completes the names of Compose projects that run; without an answering Docker engine there are none.</summary>
internal sealed class ComposeProjectCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            var word = wordToComplete.Trim('\'', '"');
            return Task.Run(() => DeploymentDiscovery.ProjectNamesAsync(limit.Token), limit.Token).GetAwaiter().GetResult()
                .Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Select(name => new CompletionResult(name))
                .ToList();
        }
        catch (Exception exception) when (exception is LettaDrException or OperationCanceledException)
        {
            return [];
        }
    }
}
