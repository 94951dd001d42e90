namespace LettaDr.Systems;

/// <summary>
/// The data directory of a PostgreSQL whose files are exchanged for recovered ones. What is under way is written down in a folder of
/// its own there, so that the next run knows what to put right after this process has died in the middle.
/// </summary>
/// <remarks>
/// The data directory is where the volume is mounted, and cannot itself be renamed; what is in it can. Names that begin with
/// <c>pgsql_tmp</c> are left out of base backups by PostgreSQL itself (manual, section 53.4, BASE_BACKUP).
/// </remarks>
internal sealed class ClusterFolder(ScratchContainer worker, string directory)
{
    private const string Work = "pgsql_tmp_lettadr";
    private const string Kept = Work + "_";
    private const string Note = "lettadr.json";
    private const string Ended = Work + ".ended";

    private const string Names = "ls -A | grep -v -e '^pgsql_tmp_lettadr' -e '^lost+found$'";

    // What is under way ends by one rename of its folder, which says what of it is kept. Whatever is left to do then can be done
    // again and again, and never again takes the live files for those of an exchange that goes on.
    private const string Finish = $$"""
        finish() {
          if [ ! -d {{Ended}} ]; then return; fi
          if [ -s {{Ended}}/as ]; then
            read -r part name < {{Ended}}/as
            if [ -n "$(ls -A "{{Ended}}/$part" 2> /dev/null)" ]; then
              if [ "$part" = old ]; then mv {{Ended}}/note "{{Ended}}/old/{{Note}}" 2> /dev/null || true; fi
              mv "{{Ended}}/$part" "$name"; sync
            fi
          fi
          rm -rf {{Ended}}; sync
        }
        end() { sync; mv "$w" {{Ended}}; sync; finish; }

        """;

    /// <summary>Where the recovered files are laid out.</summary>
    public string Staged => $"{directory}/{Work}/new";

    /// <summary>A folder for what lies there for a while only.</summary>
    public string Scratch => $"{directory}/{Work}";

    /// <summary>What an earlier run has left; null when nothing. What had only to be cleared away is cleared away first.</summary>
    public async Task<Leftover?> FindAsync(CancellationToken cancellationToken)
    {
        var text = await RunAsync(Finish + $$"""
            finish
            if [ -d "$w" ]; then
              cat "$w/operation" 2> /dev/null || echo unknown
              for mark in ran moving swapped; do if [ -e "$w/$mark" ]; then echo $mark; fi; done
              # Where everything has entered a server starts, though the mark was never made.
              if [ -e "$w/entering" ] && ! ls -A "$w/new" | grep -qvxF -e '{{Note}}'; then echo swapped; fi
            fi
            """, [], cancellationToken).ConfigureAwait(false);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines.Length == 0 ? null : new Leftover(lines[0], lines.Contains("ran"), lines.Contains("moving"), lines.Contains("swapped"));
    }

    /// <summary>Makes the folder, and gives the owner by numbers whose the files are.</summary>
    public async Task<string> PrepareAsync(string operationId, bool isRunning, string note, CancellationToken cancellationToken) =>
        (await RunAsync("""
            mkdir "$w"
            printf '%s\n' "$1" > "$w/operation"
            printf '%s' "$3" > "$w/note"
            if [ "$2" = True ]; then touch "$w/ran"; fi
            owner=$(stat -c %u:%g PG_VERSION 2> /dev/null || true)
            if [ -z "$owner" ]; then owner=$(id -u postgres):$(id -g postgres); chown "$owner" .; chmod 700 .; fi
            chown "$owner" "$w"; chmod 700 "$w"; sync -f "$w" 2> /dev/null || sync
            echo "$owner"
            """, [operationId, isRunning.ToString(), note], cancellationToken).ConfigureAwait(false)).Trim();

    /// <summary>Puts everything that was laid out on the disk; a disk that fails at it is told.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) =>
        RunAsync("if sync --help 2>&1 | grep -q -e file-system -e '-[a-z]*f'; then sync -f .; else sync; fi", [], cancellationToken);

    /// <summary>Sets the files aside that are there, and moves the staged ones to their place. The server must not run.</summary>
    public Task SwapAsync(CancellationToken cancellationToken) => RunAsync($$"""
        mkdir "$w/old"
        {{Names}} > "$w/there" || true
        ls -A "$w/new" | grep -vxF -e '{{Note}}' > "$w/coming"
        sync; mv "$w/there" "$w/moving"; sync
        while IFS= read -r file; do mv "$file" "$w/old/"; done < "$w/moving"
        sync; mv "$w/coming" "$w/entering"; sync
        while IFS= read -r file; do mv "$w/new/$file" .; done < "$w/entering"
        sync; touch "$w/swapped"; sync
        """, [], cancellationToken);

    /// <summary>Moves the files back that were set aside, however far the exchange had come. The server must not run.</summary>
    /// <returns>Where the recovered files are kept, if a server may have run on them and somebody have written; else they are removed.</returns>
    public async Task<string?> PutBackAsync(CancellationToken cancellationToken)
    {
        var text = await RunAsync(Finish + $$"""
            # Docker starts a server by itself at a boot: once files have entered, one may have run on them.
            if [ -e "$w/entering" ] && [ ! -e "$w/kept" ]; then
              printf %s "{{Kept}}undone_$(cat "$w/operation")" > "$w/kept.tmp"; mv "$w/kept.tmp" "$w/kept"; cat "$w/kept"; sync
            fi
            if [ -e "$w/moving" ]; then
              rm -f "$w/swapped"
              if [ -e "$w/entering" ]; then
                # All that was there before has been set aside: what lies here was moved in, or made by a server that ran on it.
                {{Names}} | while IFS= read -r file; do
                  if [ ! -e "$w/new/$file" ] && [ ! -L "$w/new/$file" ]; then mv "$file" "$w/new/"; fi
                done
                sync; rm "$w/entering"; sync
              fi
              while IFS= read -r file; do
                if [ -e "$w/old/$file" ] || [ -L "$w/old/$file" ]; then mv "$w/old/$file" .; fi
              done < "$w/moving"
              sync; rm "$w/moving"
            fi
            if [ -d "$w" ]; then
              if [ -e "$w/kept" ]; then echo "new $(cat "$w/kept")" > "$w/as"; else : > "$w/as"; fi
              end
            fi
            """, [], cancellationToken).ConfigureAwait(false);
        return text.Length == 0 ? null : $"{directory}/{text}";
    }

    /// <summary>Ends a restore; what was set aside bears the operation's name from now on, or is removed.</summary>
    /// <returns>Its path; null when there was nothing.</returns>
    public async Task<string?> KeepAsync(string operationId, string state, bool discard, CancellationToken cancellationToken)
    {
        var name = $"{Kept}{state}_{operationId}";
        var text = await RunAsync(Finish + """
            if [ -d "$w" ]; then
              : > "$w/as"
              if [ "$2" != True ] && [ -n "$(ls -A "$w/old" 2> /dev/null)" ]; then echo "old $1" > "$w/as"; echo kept; fi
              end
            fi
            """, [name, discard.ToString()], cancellationToken).ConfigureAwait(false);
        return text.Length == 0 ? null : $"{directory}/{name}";
    }

    /// <summary>The notes of clusters that were set aside, by the name of their folder, the newest last.</summary>
    public async Task<IReadOnlyList<(string Name, string Note)>> KeptAsync(CancellationToken cancellationToken)
    {
        var text = await RunAsync($$"""
            for folder in {{Kept}}before_*; do
              if [ -e "$folder/{{Note}}" ]; then printf '%s\t' "$folder"; tr -d '\n' < "$folder/{{Note}}"; echo; fi
            done
            """, [], cancellationToken).ConfigureAwait(false);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', 2)).Where(pair => pair.Length == 2)
            .Select(pair => (pair[0], pair[1])).OrderBy(pair => pair.Item1, StringComparer.Ordinal)];
    }

    /// <summary>
    /// The histories of timelines that the server there knows, and those of clusters that were set aside: one that a server began may
    /// be known to nobody else.
    /// </summary>
    public async Task<IReadOnlyList<TimelineHistory>> HistoriesAsync(CancellationToken cancellationToken)
    {
        var text = await RunAsync("""
            for file in pg_wal/????????.history "$1"*/pg_wal/????????.history; do
              if [ -f "$file" ]; then echo "${file##*/}"; cat "$file" 2> /dev/null || true; echo; fi
            done
            """, [Kept], cancellationToken).ConfigureAwait(false);
        var found = new List<(uint Timeline, List<string> Lines)>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (TimelineHistory.TryParseName(line, out var timeline))
            {
                found.Add((timeline, []));
            }
            else if (found.Count > 0)
            {
                // Of a file that bears no timeline's name, a line spoils the history before it: that it was there is all that matters.
                found[^1].Lines.Add(line);
            }
        }

        return [.. found.DistinctBy(history => history.Timeline).Select(history => HistoryOf(history.Timeline, string.Join('\n', history.Lines)))];
    }

    /// <summary>Stages a cluster that was set aside, to be swapped back; putting back gives it its name again.</summary>
    public Task StageKeptAsync(string name, CancellationToken cancellationToken) =>
        RunAsync("printf %s \"$1\" > \"$w/kept.tmp\"; mv \"$w/kept.tmp\" \"$w/kept\"; sync; mv \"$1\" \"$w/new\"; sync", [name], cancellationToken);

    private Task<string> RunAsync(string script, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        worker.ShellAsync($"cd \"$1\"; shift; w={Work}\n{script}", [directory, .. arguments], null, cancellationToken);

    /// <summary>Of a damaged server's too: that the timeline was there is what matters.</summary>
    private static TimelineHistory HistoryOf(uint timeline, string text)
    {
        try
        {
            return TimelineHistory.Parse(timeline, text);
        }
        catch (FormatException)
        {
            return new TimelineHistory { Timeline = timeline };
        }
    }

    /// <summary>What a run that died has left.</summary>
    /// <param name="OperationId">Its operation.</param>
    /// <param name="Ran">Whether the server ran when it began.</param>
    /// <param name="Moving">Whether it had begun to move the server's files.</param>
    /// <param name="Swapped">Whether all had been moved.</param>
    internal sealed record Leftover(string OperationId, bool Ran, bool Moving, bool Swapped);
}
