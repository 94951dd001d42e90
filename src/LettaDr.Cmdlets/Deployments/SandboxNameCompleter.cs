using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using LettaDr.Systems;

namespace LettaDr.Cmdlets;

/// <summary>Completes the names of sandboxes; without an answering Docker engine there are none.</summary>
internal sealed class SandboxNameCompleter : IArgumentCompleter
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
            return Task.Run(() => NamesAsync(limit.Token), limit.Token).GetAwaiter().GetResult()
                .Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Select(name => new CompletionResult(name))
                .ToList();
        }
        catch (Exception exception) when (exception is LettaDrException or OperationCanceledException)
        {
            return [];
        }
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellationToken)
    {
        using var engine = await DockerEngine.ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await new SandboxInventory(engine).NamesAsync(cancellationToken).ConfigureAwait(false);
    }
}
