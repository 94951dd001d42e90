namespace LettaDr.Systems;

/// <summary>Tells that a program has written something; what, is of no interest.</summary>
internal sealed class FirstOutput : WriteOnlyStream
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done as soon as the program has written anything.</summary>
    public Task Begun => _begun.Task;

    public override void Write(ReadOnlySpan<byte> buffer) => _begun.TrySetResult();
}
