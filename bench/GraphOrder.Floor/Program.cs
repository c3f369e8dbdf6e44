using System.Globalization;
using System.Text.Json;

// What no program can do without: started alone it says hello; with a document and a number it reads all
// tokens of the document, keeps none, and writes so many bytes.
if (args.Length != 2)
{
    Console.WriteLine("Hello");
    return 0;
}

byte[] buffer = new byte[1 << 16];
int filled = 0;
bool isEnd = false;
long tokenCount = 0;
JsonReaderState state = default;
using (FileStream input = new(args[0], FileMode.Open, FileAccess.Read, FileShare.Read, 1))
{
    while (!isEnd)
    {
        int read = input.Read(buffer, filled, buffer.Length - filled);
        isEnd = read == 0;
        filled += read;
        Utf8JsonReader reader = new(buffer.AsSpan(0, filled), isEnd, state);
        while (reader.Read())
        {
            tokenCount++;
        }

        state = reader.CurrentState;
        int consumed = (int)reader.BytesConsumed;
        buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
        filled -= consumed;
    }
}

using Stream output = Console.OpenStandardOutput();
for (long left = long.Parse(args[1], CultureInfo.InvariantCulture); left > 0; left -= buffer.Length)
{
    output.Write(buffer, 0, (int)Math.Min(left, buffer.Length));
}

return tokenCount > 0 ? 0 : 1;
