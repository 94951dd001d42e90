using System.Management.Automation;

namespace LettaDr.Console.Commands;

/// <summary>Makes of an object another with some of its properties, or the values of one of them.</summary>
internal sealed class PropertySelection
{
    private readonly PropertyValues[] _properties;

    private readonly WildcardPattern[] _excluded;

    private readonly PropertyValues? _expanded;

    private readonly Action<ErrorRecord> _writeError;

    /// <summary>Makes a selection as the parameters of Select-Object describe it.</summary>
    public PropertySelection(object[]? properties, string[]? excluded, string? expanded, Action<ErrorRecord> writeError)
    {
        _properties = [.. (properties ?? (expanded is null ? ["*"] : [])).Select(PropertyValues.Of)];
        _excluded = [.. (excluded ?? []).Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase))];
        _expanded = expanded is null ? null : PropertyValues.Of(expanded);
        _writeError = writeError;
    }

    /// <summary>What the selection makes of an object.</summary>
    public IEnumerable<object?> Apply(PSObject input)
    {
        List<PSNoteProperty> notes = Notes(input);
        if (_expanded is null)
        {
            var selected = new PSObject();
            AddTo(selected, notes);
            selected.TypeNames.Insert(0, "Selected." + input.BaseObject.GetType());
            return [selected];
        }

        (string Name, object? Value)[] found = [.. _expanded.On(input)];
        if (found.Length != 1)
        {
            string why = found.Length == 0 ? "cannot be found" : "stands for several properties";
            _writeError(new ErrorRecord(
                new PSArgumentException($"Property \"{_expanded.Name}\" {why}."),
                "ExpandPropertyNotFound",
                ErrorCategory.InvalidArgument,
                input));
            return [];
        }

        object?[] values = LanguagePrimitives.GetEnumerable(found[0].Value)?.Cast<object?>().ToArray() ?? [found[0].Value];
        return _properties.Length == 0 ? values : values.Select(value => WithNotes(value, notes));
    }

    private List<PSNoteProperty> Notes(PSObject input)
    {
        var notes = new List<PSNoteProperty>();
        foreach (PropertyValues property in _properties)
        {
            (string Name, object? Value)[] found = [.. property.On(input)];
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(property.Name))
            {
                found = [(property.Name, null)];
            }

            notes.AddRange(found
                .Where(item => !_excluded.Any(pattern => pattern.IsMatch(item.Name)))
                .Select(item => new PSNoteProperty(item.Name, item.Value)));
        }

        return notes;
    }

    private object? WithNotes(object? value, List<PSNoteProperty> notes)
    {
        if (value is null)
        {
            return null;
        }

        // A value may be shared between objects; its notes must not be.
        PSObject copy = PSObject.AsPSObject(value).Copy();
        AddTo(copy, notes);
        return copy;
    }

    private void AddTo(PSObject target, List<PSNoteProperty> notes)
    {
        foreach (PSNoteProperty note in notes)
        {
            if (target.Properties[note.Name] is null)
            {
                target.Properties.Add(note);
            }
            else if (!_properties.Any(property => WildcardPattern.ContainsWildcardCharacters(property.Name)))
            {
                _writeError(new ErrorRecord(
                    new PSInvalidOperationException($"The property cannot be processed because the property \"{note.Name}\" already exists."),
                    "AlreadyExistingUserSpecifiedPropertyNoExpand",
                    ErrorCategory.InvalidOperation,
                    target));
            }
        }
    }
}
