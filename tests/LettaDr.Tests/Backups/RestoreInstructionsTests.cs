
namespace LettaDr.Tests;

public sealed class RestoreInstructionsTests
{
    [Fact]
    public void Names_with_quotes_survive_the_shell_and_SQL()
    {
        var table = Sample.Table("it's \"big\"", 9L << 20, 1_152) with
        {
            Route = TableRoute.BinaryCopy, Files = ["rows/0001-it-s--big-.copy.zst"],
            Columns = [new TableColumn { Name = "a'b", Type = "text", PortableBinary = true }],
        };
        var text = Write(Sample.Inventory() with { Database = Sample.Database() with { Name = "let'ta" }, Tables = [table] });

        Assert.Contains("-d 'let'\\''ta'", text, StringComparison.Ordinal);
        Assert.Contains(
            "zstd -dc rows/0001-it-s--big-.copy.zst | psql -d 'let'\\''ta' -c 'COPY \"letta\".\"it'\\''s \"\"big\"\"\" (\"a'\\''b\") FROM STDIN (FORMAT binary)'",
            text, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_stand_in_the_order_in_which_they_must_be_done()
    {
        var inventory = Sample.Inventory();
        var text = Write(inventory with { Tables = [inventory.Tables[1] with { Route = TableRoute.BinaryCopy, Files = ["rows/0001-messages.copy.zst"] }] });

        string[] marks =
        [
            "Stop Letta first", "\"letta\" LOGIN", "CREATE DATABASE \"letta\"", "SET \"search_path\" = letta", "DROP SCHEMA public",
            "--section=pre-data", "--section=data", "FROM STDIN (FORMAT binary)", "--section=post-data", "ANALYZE", "Compare",
        ];
        var places = marks.Select(mark => text.IndexOf(mark, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void Every_file_but_itself_is_listed_with_its_digest_and_every_table_with_its_rows()
    {
        var manifest = Sample.Manifest() with { Files = [.. Sample.Manifest().Files, new BackupFile(BackupManifest.InstructionsFileName, 1, new string('d', 64))] };

        var text = RestoreInstructions.Join(manifest, manifest.Files, [RestoreInstructions.OfDatabase(manifest.Database!, Sample.Inventory())]);

        Assert.All(Sample.Manifest().Files, file => Assert.Contains($"echo '{file.Sha256}  {file.Name}' | sha256sum -c -", text, StringComparison.Ordinal));
        Assert.DoesNotContain(new string('d', 64), text, StringComparison.Ordinal);
        Assert.Contains("           3  \"letta\".\"messages\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Public_stays_where_the_database_had_it()
    {
        var inventory = Sample.Inventory();

        Assert.DoesNotContain(
            "DROP SCHEMA", Write(inventory with { Objects = [.. inventory.Objects, new SchemaObject("schema", "public", string.Empty)] }), StringComparison.Ordinal);
    }

    private static string Write(DatabaseInventory inventory) => RestoreInstructions.OfDatabase(Sample.DatabasePart(), inventory);
}
