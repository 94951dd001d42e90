using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Remove-Item: removes files, folders and other items.</summary>
[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
public sealed class RemoveItemCommand : ItemCommand
{
    private bool _yesToAll;

    private bool _noToAll;

    /// <summary>With all that is in a folder.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Hidden and read-only items too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachPath(path =>
    {
        string pattern = IsLiteral ? WildcardPattern.Escape(path) : path;
        foreach (PathInfo found in SessionState.Path.GetResolvedPSPathFromPSPath(pattern))
        {
            bool recurse = Recurse;
            if (!recurse && InvokeProvider.ChildItem.HasChild(found.Path, Force, literalPath: true))
            {
                string question = $"The item at {found.Path} has children and the Recurse parameter was not specified. "
                    + "If you continue, all children will be removed with the item. Are you sure you want to continue?";
                if (!ShouldContinue(question, "Confirm", ref _yesToAll, ref _noToAll))
                {
                    continue;
                }

                recurse = true;
            }

            InvokeProvider.Item.Remove([found.Path], recurse, Force, literalPath: true);
        }
    });
}
