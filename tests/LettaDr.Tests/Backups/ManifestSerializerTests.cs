using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LettaDr.Tests;

public sealed class ManifestSerializerTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var manifest = Sample.Manifest();

        var read = ManifestSerializer.Read(ManifestSerializer.Write(manifest), "here");

        Assert.Equal(64, read.Seal.Length);
        Assert.Equal(manifest.Files, read.Files);
        Assert.Equal(manifest with { Files = [] }, read with { Files = [], Seal = string.Empty });
        Assert.Equal(4_096L + 812 + 9_999_999_999, read.Size);
    }

    [Fact]
    public void The_recovery_point_is_the_databases_and_the_spread_is_between_the_parts()
    {
        var whole = Sample.Manifest(parts: BackupParts.Database | BackupParts.Cache | BackupParts.Configuration);

        Assert.Equal(Sample.DatabasePart().SnapshotTime, whole.SnapshotTime);
        Assert.Equal(TimeSpan.FromSeconds(2), whole.Spread);
        Assert.Equal(Sample.Moment, (whole with { Database = null }).SnapshotTime);
        Assert.Equal(TimeSpan.Zero, Sample.Manifest().Spread);
        Assert.Equal(BackupParts.Database | BackupParts.Cache | BackupParts.Configuration, ManifestSerializer.Read(ManifestSerializer.Write(whole), "here").Parts);
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        var bytes = ManifestSerializer.Write(Sample.Manifest());
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                bytes[i] ^= (byte)(1 << bit);
                var refusal = Assert.Throws<LettaDrException>(() => ManifestSerializer.Read(bytes, "here"));
                Assert.Contains(refusal.Id, new[] { "BackupManifestCorrupt", "BackupFormatTooNew" });
                bytes[i] ^= (byte)(1 << bit);
            }
        }

        Assert.Equal("letta", ManifestSerializer.Read(bytes, "here").Deployment);
    }

    [Fact]
    public void Every_truncation_and_any_addition_is_refused()
    {
        var bytes = ManifestSerializer.Write(Sample.Manifest());
        for (var length = 0; length < bytes.Length; length++)
        {
            AssertCorrupt(bytes.AsSpan(0, length).ToArray());
        }

        AssertCorrupt([.. bytes, (byte)'\n']);
        AssertCorrupt([.. bytes, .. bytes]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":\"one\"}")]
    [InlineData("not json")]
    public void What_is_no_manifest_is_refused(string text) => AssertCorrupt(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Changed_content_with_another_seal_is_refused_too()
    {
        var changed = ManifestSerializer.Write(Sample.Manifest());
        var text = Encoding.UTF8.GetString(changed).Replace("\"rows\": 22345", "\"rows\": 22346", StringComparison.Ordinal);

        AssertCorrupt(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public void A_newer_format_is_told_apart_from_damage_whatever_else_it_holds()
    {
        var newer = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["format"] = 2, ["something"] = "else" });

        var refusal = Assert.Throws<LettaDrException>(() => ManifestSerializer.Read(newer, "/repository/x"));

        Assert.Equal("BackupFormatTooNew", refusal.Id);
        Assert.Equal(FaultKind.Incompatible, refusal.Kind);
        Assert.Contains("/repository/x", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("format 2", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Remedy);
    }

    [Fact]
    public void An_inventory_keeps_all_that_a_restore_is_compared_with()
    {
        var inventory = Sample.Inventory() with
        {
            Database = Sample.Database() with { Privileges = [new DatabasePrivilege(null, "CONNECT", false)], Comment = "it's" },
            Settings = [new DatabaseSetting("röle", "search_path", "\"My Schema\", letta")],
            Omissions = ["Rows of the foreign table far are not in the set."],
        };

        var read = ManifestSerializer.ReadInventory(ManifestSerializer.WriteInventory(inventory), "here");

        Assert.Empty(InventoryComparer.Compare(inventory, read, null));
        Assert.Equal(ManifestSerializer.WriteInventory(inventory), ManifestSerializer.WriteInventory(read));
        Assert.Equal(inventory.Tables.Select(table => table.Fingerprint), read.Tables.Select(table => table.Fingerprint));
        Assert.Equal(inventory.Omissions, read.Omissions);
        Assert.Equal(inventory.Database.Privileges, read.Database.Privileges);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{}")]
    public void A_malformed_inventory_is_damage(string text)
    {
        var refusal = Assert.Throws<LettaDrException>(() => ManifestSerializer.ReadInventory(Encoding.UTF8.GetBytes(text), "here"));

        Assert.Equal(FaultKind.DataCorrupt, refusal.Kind);
    }

    [Fact]
    public void A_malformed_fingerprint_in_an_inventory_is_damage()
    {
        var text = Encoding.UTF8.GetString(ManifestSerializer.WriteInventory(Sample.Inventory())).Replace("\"3:", "\"three:", StringComparison.Ordinal);

        var refusal = Assert.Throws<LettaDrException>(() => ManifestSerializer.ReadInventory(Encoding.UTF8.GetBytes(text), "here"));

        Assert.Equal(FaultKind.DataCorrupt, refusal.Kind);
    }

    private static void AssertCorrupt(byte[] bytes)
    {
        var refusal = Assert.Throws<LettaDrException>(() => ManifestSerializer.Read(bytes, "/repository/x"));
        Assert.Equal("BackupManifestCorrupt", refusal.Id);
        Assert.Equal(FaultKind.DataCorrupt, refusal.Kind);
        Assert.Contains("/repository/x", refusal.Message, StringComparison.Ordinal);
    }
}
