namespace LettaDr.Systems;

/// <summary>A stream that is opened when the first bytes come, and closed with this one.</summary>
internal sealed class LateStream(Func<Stream> open) : WriteOnlyStream
{
    private Stream? _opened;

    /// <summary>Whether anything has come.</summary>
    public bool Begun => _opened is not null;

    public override void Write(ReadOnlySpan<byte> buffer) => (_opened ??= open()).Write(buffer);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _opened?.Dispose();
        }
    }
}
