namespace GraphOrder;

/// <summary>
/// Which rows have which dense numbers: an array where most rows have one, a table where few do.
/// </summary>
internal sealed class RowNumbers
{
    private const int RowsPerNumberMax = 8;

    private readonly int[] _numbers = [];
    private readonly Dictionary<int, int> _few = [];

    /// <summary>Numbers for as many rows as are given, counted from 0.</summary>
    /// <param name="count">How many rows have one.</param>
    /// <param name="rowOf">The row of each number.</param>
    public RowNumbers(int count, Func<int, int> rowOf)
    {
        int rowMax = -1;
        for (int number = 0; number < count; number++)
        {
            rowMax = Math.Max(rowMax, rowOf(number));
        }

        bool areMany = rowMax / RowsPerNumberMax <= count;
        _numbers = areMany ? new int[rowMax + 1] : [];
        for (int number = 0; number < count; number++)
        {
            if (areMany)
            {
                _numbers[rowOf(number)] = number + 1;
            }
            else
            {
                _few.Add(rowOf(number), number + 1);
            }
        }
    }

    /// <summary>The number of a row; -1 where it has none.</summary>
    public int this[int row] => row < _numbers.Length ? _numbers[row] - 1 : _few.GetValueOrDefault(row) - 1;
}
