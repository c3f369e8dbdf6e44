using System.Buffers;
using System.Text;

namespace GraphOrder.Tests.Documents;

[TestFixture]
public sealed class OrderedPiecesTests
{
    private const int Many = 500;

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(11)]
    [TestCase(12)]
    [TestCase(Many)]
    public void Pieces_come_in_their_order_whoever_makes_them(int count)
    {
        OrderedPieces pieces = new(16);
        for (int round = 0; round < 3; round++)
        {
            StringBuilder found = new();
            pieces.Write(
                count,
                (piece, target) =>
                {
                    Thread.SpinWait(piece * 7919 % 4001);
                    target.Write(Encoding.ASCII.GetBytes($"{piece};"));
                },
                piece => found.Append(Encoding.ASCII.GetString(piece)));

            string expected = string.Concat(Enumerable.Range(0, count).Select(piece => $"{piece};"));
            Assert.That(found.ToString(), Is.EqualTo(expected));
        }
    }

    [Test]
    public void What_cannot_be_made_or_taken_ends_it_with_that_error()
    {
        Assert.That(
            () => new OrderedPieces(16).Write(Many, (piece, _) => Fail(piece), _ => { }),
            Throws.InstanceOf<InvalidDataException>());
        int taken = 0;
        Assert.That(
            () => new OrderedPieces(16).Write(Many, (_, _) => { }, _ => Fail(taken++)),
            Throws.InstanceOf<InvalidDataException>());
        Assert.That(taken, Is.EqualTo(101));
    }

    [TestCase(0)]
    [TestCase(95)]
    [TestCase(99_990)]
    public void A_counter_shows_what_counting_gives(int first)
    {
        DecimalCounter counter = new(first, stackalloc byte[10]);
        for (int number = first; number < first + 1200; number++)
        {
            Assert.That(Encoding.ASCII.GetString(counter.Digits), Is.EqualTo($"{number}"));
            counter.Advance();
        }
    }

    private static void Fail(int number)
    {
        if (number == 100)
        {
            throw new InvalidDataException();
        }
    }
}
