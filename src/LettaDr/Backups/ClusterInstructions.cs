using System.Globalization;
using System.Text;

namespace LettaDr;

/// <summary>Writes the section on how to recover a physical copy by hand.</summary>
internal static class ClusterInstructions
{
    /// <param name="part">The copy.</param>
    /// <param name="files">Names of the set's files.</param>
    public static string Write(ClusterPart part, IReadOnlyCollection<string> files)
    {
        var text = new StringBuilder();
        text.AppendLine($"""
            THE WHOLE CLUSTER {part.SystemIdentifier} as of {part.SnapshotTime:u} ({part.Type.ToString().ToLowerInvariant()} copy)
            Server: PostgreSQL {part.ServerVersion}; image {part.Image ?? "not recorded"} {part.ImageDigest}

            To recover it without LettaDr you need that version of PostgreSQL, on the same kind of system (best: that image), tar and zstd.
            All databases of the server come back, with roles and settings. Do not start Letta before the last step: it migrates what it finds.
            Work as the user that PostgreSQL runs as (postgres); $SET is this folder, $NEW an empty folder of that user, mode 0700.
            """);
        text.AppendLine().AppendLine("1. Unpack:");
        Unpack(text, part, files);
        text.AppendLine().AppendLine("2. Have it fetch its log, and stop where the proof was taken:");
        Set(text, $"restore_command = 'zstd -dcq $SET/{ClusterPart.WalFolder}%f.zst > %p'");
        Set(text, $"recovery_target_lsn = '{part.SnapshotLsn}'");
        Set(text, "recovery_target_inclusive = off");
        Set(text, "recovery_target_action = pause");
        Set(text, $"recovery_target_timeline = {part.Timeline}");
        Set(text, "archive_mode = off");
        text.AppendLine("   and give it the limits that the server had, which may have been on its command line:");
        text.AppendLine("     LC_ALL=C pg_controldata $NEW | sed -n -e 's/_xact/_transaction/' -e 's/^\\(max_[a-z_]*\\) setting: */\\1 = /p' >> $NEW/postgresql.auto.conf");
        text.AppendLine("   To go further, let restore_command look in the received log too (wal/ beside the sets), and give another target or none.");
        text.AppendLine().AppendLine("3. Ask for a recovery, and start the server:");
        text.AppendLine("     touch $NEW/recovery.signal");
        text.AppendLine("     pg_ctl -D $NEW -w -l $NEW/recovery.log start || ( tail -n 5 $NEW/recovery.log; exit 1 )");
        text.AppendLine().AppendLine($"4. It pauses at {part.SnapshotLsn}, and can be read. cluster/inventory.json has the rows of each table of {part.Database} to compare with.");
        text.AppendLine().AppendLine("5. Have it become a server of its own, and forget the recovery:");
        text.AppendLine("     pg_ctl -D $NEW -w promote");
        text.AppendLine("     sed -i -e /^restore_command/d -e /^recovery_target/d $NEW/postgresql.auto.conf");
        return text.ToString();
    }

    private static void Unpack(StringBuilder text, ClusterPart part, IReadOnlyCollection<string> files)
    {
        var folder = part.ParentId is null ? "$NEW" : "$INCREMENT";
        if (part.ParentId is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"   This set holds only what has changed since the set {part.ParentId}; its own RESTORE.txt tells how to unpack that one, into $PARENT.");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"     zstd -dc $SET/{ClusterPart.Folder}base.tar.zst | tar -x -C {folder}");
        text.AppendLine(CultureInfo.InvariantCulture, $"     zstd -dc $SET/{ClusterPart.ManifestFileName} > {folder}/{ClusterManifest.FileName}");
        foreach (var file in files.Where(IsTablespace).Order(StringComparer.Ordinal))
        {
            var number = file[ClusterPart.Folder.Length..file.IndexOf('.', StringComparison.Ordinal)];
            text.AppendLine(CultureInfo.InvariantCulture, $"     mkdir -m 0700 {folder}-{number} && zstd -dc $SET/{file} | tar -x -C {folder}-{number}");
            text.AppendLine(CultureInfo.InvariantCulture, $"     sed -i \"s|^{number} .*|{number} {folder}-{number}|\" {folder}/tablespace_map");
        }

        if (part.ParentId is not null)
        {
            text.AppendLine("   $PARENT names the folders of all sets down to the full one, the full one first:");
            text.AppendLine("     pg_combinebackup $PARENT $INCREMENT -o $NEW");
        }
    }

    private static void Set(StringBuilder text, string line) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"     echo \"{line}\" >> $NEW/postgresql.auto.conf");

    private static bool IsTablespace(string file) =>
        file.StartsWith(ClusterPart.Folder, StringComparison.Ordinal) && file.EndsWith(".tar.zst", StringComparison.Ordinal)
        && char.IsAsciiDigit(file[ClusterPart.Folder.Length]);
}
