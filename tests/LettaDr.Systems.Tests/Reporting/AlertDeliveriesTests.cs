namespace LettaDr.Systems.Tests;

public sealed class AlertDeliveriesTests : IDisposable
{
    private static readonly DrNotification Endpoint = new() { Name = "ops", Kind = DrNotificationKind.Webhook, UrlFrom = "https://hooks.example.org/ops" };
    private readonly TemporaryFolder _folder = new("alerts");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_newest_delivery_to_an_endpoint_is_remembered_and_not_to_one_of_another_address()
    {
        Assert.Null(new AlertDeliveries(_folder.Path).Newest(Endpoint));

        new AlertDeliveries(_folder.Path).Save([Endpoint], [Delivery(true)]);
        new AlertDeliveries(_folder.Path).Save([Endpoint], [Delivery(false)]);

        Assert.False(new AlertDeliveries(_folder.Path).Newest(Endpoint)!.Delivered);
        Assert.Null(new AlertDeliveries(_folder.Path).Newest(Endpoint with { UrlFrom = "https://hooks.example.org/others" }));
    }

    [Fact]
    public void What_cannot_be_read_is_not_known()
    {
        new AlertDeliveries(_folder.Path).Save([Endpoint], [Delivery(true)]);
        File.WriteAllText(Directory.GetFiles(_folder.Path, "*.json")[0], "{");

        Assert.Null(new AlertDeliveries(_folder.Path).Newest(Endpoint));
    }

    [Theory]
    [InlineData(DrNotificationKind.Webhook)]
    [InlineData(DrNotificationKind.Smtp)]
    public void A_secret_that_was_exchanged_where_the_plan_finds_it_was_never_tried(DrNotificationKind kind)
    {
        using var folder = new TemporaryFolder("secret");
        var secret = Path.Combine(folder.Path, "secret");
        Put("https://hooks.example.org/T0/first");
        var endpoint = kind == DrNotificationKind.Webhook
            ? new DrNotification { Name = "ops", Kind = kind, UrlFrom = "file:" + secret }
            : new DrNotification { Name = "ops", Kind = kind, Server = "mail.example.org", From = "a@example.org", To = ["b@example.org"], UserName = "a", PasswordFrom = "file:" + secret };
        var known = new AlertDeliveries(_folder.Path);
        known.Save([endpoint], [Delivery(true)]);
        Assert.True(known.Newest(endpoint)!.Delivered);

        Put("https://hooks.example.org/T0/second");
        Assert.Null(known.Newest(endpoint));
        Put("https://hooks.example.org/T0/first");
        Assert.NotNull(known.Newest(endpoint));
        File.Delete(secret);
        Assert.Null(known.Newest(endpoint));

        void Put(string text)
        {
            File.WriteAllText(secret, text);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }

    [Fact]
    public void The_key_of_the_hashes_is_the_users_alone_and_one_that_is_broken_is_made_anew()
    {
        var known = new AlertDeliveries(_folder.Path);
        known.Save([Endpoint], [Delivery(true)]);
        var key = Path.Combine(_folder.Path, "key");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("600", Convert.ToString((int)File.GetUnixFileMode(key), 8));
        }

        File.WriteAllBytes(key, [1]);
        Assert.Null(known.Newest(Endpoint));
        known.Save([Endpoint], [Delivery(true)]);
        Assert.NotNull(known.Newest(Endpoint));
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private static DrAlertDelivery Delivery(bool delivered) => new()
    {
        Notification = "ops", Kind = DrNotificationKind.Webhook, Delivered = delivered, Response = "200", Attempts = 1, Duration = TimeSpan.FromSeconds(1), At = DateTimeOffset.UtcNow,
    };
}
