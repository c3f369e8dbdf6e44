using System.Globalization;

namespace GraphOrder;

/// <summary>Times as documents and people write them where every microsecond counts.</summary>
public static class Milliseconds
{
    /// <summary><c>1099 ms</c>, <c>0.5 ms</c>: exact, without needless digits.</summary>
    public static string Of(long microseconds) =>
        (microseconds / 1000m).ToString("0.###", CultureInfo.InvariantCulture) + " ms";
}
