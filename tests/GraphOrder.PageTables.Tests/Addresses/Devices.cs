namespace GraphOrder.PageTables.Tests;

/// <summary>Devices by the way people write them.</summary>
internal static class Devices
{
    /// <summary>The device at an address such as <c>00:1f.7</c>.</summary>
    public static DeviceAddress At(string address)
    {
        Assert.That(DeviceAddress.TryParse(address, out DeviceAddress device), Is.True, address);
        return device;
    }
}
