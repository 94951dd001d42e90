namespace LettaDr.Systems.Tests;

public sealed class AlertDeliveriesTests : IDisposable
{
    private static readonly DrNotification Endpoint = new() { Name = "ops", Kind = DrNotificationKind.Webhook, UrlFrom = "env:HOOK" };
    private readonly TemporaryFolder _folder = new("alerts");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_newest_delivery_to_an_endpoint_is_remembered_and_not_to_one_of_another_address()
    {
        Assert.Null(new AlertDeliveries(_folder.Path).Newest(Endpoint));

        new AlertDeliveries(_folder.Path).Save([Endpoint], [Delivery(true)]);
        new AlertDeliveries(_folder.Path).Save([Endpoint], [Delivery(false)]);

        Assert.False(new AlertDeliveries(_folder.Path).Newest(Endpoint)!.Delivered);
        Assert.Null(new AlertDeliveries(_folder.Path).Newest(Endpoint with { UrlFrom = "env:OTHER" }));
    }

    [Fact]
    public void What_cannot_be_read_is_not_known()
    {
        new AlertDeliveries(_folder.Path).Save([Endpoint], [Delivery(true)]);
        File.WriteAllText(Directory.GetFiles(_folder.Path)[0], "{");

        Assert.Null(new AlertDeliveries(_folder.Path).Newest(Endpoint));
    }

    private static DrAlertDelivery Delivery(bool delivered) => new()
    {
        Notification = "ops", Kind = DrNotificationKind.Webhook, Delivered = delivered, Response = "200", Attempts = 1, Duration = TimeSpan.FromSeconds(1), At = DateTimeOffset.UtcNow,
    };
}
