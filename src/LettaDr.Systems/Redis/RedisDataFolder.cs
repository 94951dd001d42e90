namespace LettaDr.Systems;

/// <summary>
/// The data directory of a Redis whose files are exchanged. What is under way is written down in a folder of its own there, so that
/// the next restore knows what to put right after this process has died in the middle.
/// </summary>
internal sealed class RedisDataFolder(ScratchContainer worker, string directory)
{
    /// <summary>The folder that a restore works in.</summary>
    public const string Work = ".lettadr-restore";

    private const string Previous = ".lettadr-before-";

    /// <summary>Where the files are laid out that Redis is to start with.</summary>
    public string Staged => $"{directory}/{Work}/new";

    /// <summary>What an earlier restore has left; null when nothing.</summary>
    public async Task<Leftover?> FindAsync(CancellationToken cancellationToken)
    {
        var text = await RunAsync("""
            if [ -d "$w" ]; then
              cat "$w/operation" 2> /dev/null || echo unknown
              if [ -e "$w/ran" ]; then echo ran; fi
              if [ -e "$w/moving" ]; then echo moving; fi
            fi
            """, [], cancellationToken).ConfigureAwait(false);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? null : new Leftover(lines[0], lines.Contains("ran"), lines.Contains("moving"));
    }

    /// <summary>Makes the folder, and gives its owner by numbers: that of Redis's files.</summary>
    public async Task<string> PrepareAsync(string operationId, bool isRunning, IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        (await RunAsync("""
            mkdir -p "$w/new/set"
            printf '%s\n' "$1" > "$w/operation"
            if [ "$2" = True ]; then touch "$w/ran"; fi
            shift 2
            printf '%s\n' "$@" > "$w/names"
            owner=
            for file in "$@" .; do
              if [ -z "$owner" ] && [ -e "$file" ]; then owner=$(stat -c %u:%g "$file"); fi
            done
            chown -R "$owner" "$w"
            sync
            echo "$owner"
            """, [operationId, isRunning.ToString(), .. names], cancellationToken).ConfigureAwait(false)).Trim();

    /// <summary>Sets the files aside that are there, and moves the staged ones to their place. Redis must not run.</summary>
    public Task SwapAsync(CancellationToken cancellationToken) => RunAsync("""
        mkdir "$w/old"
        while IFS= read -r file; do
          if [ -e "$file" ]; then printf '%s\n' "$file"; fi
        done < "$w/names" > "$w/there"
        sync; mv "$w/there" "$w/moving"; sync
        while IFS= read -r file; do mv "$file" "$w/old/"; done < "$w/moving"
        while IFS= read -r file; do
          if [ -e "$w/new/$file" ]; then mv "$w/new/$file" "$file"; fi
        done < "$w/names"
        sync
        """, [], cancellationToken);

    /// <summary>Moves the files back that were set aside, however far setting them aside had come. Redis must not run.</summary>
    public Task PutBackAsync(CancellationToken cancellationToken) => RunAsync("""
        if [ -e "$w/moving" ]; then
          while IFS= read -r file; do
            if ! grep -qxF -- "$file" "$w/moving"; then rm -rf "$file"
            elif [ -e "$w/old/$file" ]; then rm -rf "$file"; mv "$w/old/$file" "$file"; fi
          done < "$w/names"
        fi
        sync; rm -rf "$w"; sync
        """, [], cancellationToken);

    /// <summary>Ends a restore; what was set aside bears the operation's name from now on, or is removed.</summary>
    /// <returns>Its path; null when there was nothing.</returns>
    public async Task<string?> KeepAsync(string operationId, bool discard, CancellationToken cancellationToken)
    {
        var name = Previous + operationId;
        var text = await RunAsync("""
            if [ "$2" != True ] && [ -n "$(ls -A "$w/old" 2> /dev/null)" ]; then mv "$w/old" "$1"; echo kept; fi
            rm -rf "$w"; sync
            """, [name, discard.ToString()], cancellationToken).ConfigureAwait(false);
        return text.Length == 0 ? null : $"{directory}/{name}";
    }

    /// <summary>Removes a file or folder of the data directory.</summary>
    public Task RemoveAsync(string name, CancellationToken cancellationToken) => RunAsync("rm -rf \"$1\"; sync", [name], cancellationToken);

    private Task<string> RunAsync(string script, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        worker.ShellAsync($"cd \"$1\"; shift; w={Work}\n{script}", [directory, .. arguments], null, cancellationToken);

    /// <summary>What a restore that died has left.</summary>
    /// <param name="OperationId">Its operation.</param>
    /// <param name="Ran">Whether Redis ran when it began.</param>
    /// <param name="Moving">Whether it had begun to move Redis's files.</param>
    internal sealed record Leftover(string OperationId, bool Ran, bool Moving);
}
