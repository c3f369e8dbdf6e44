namespace GraphOrder.Native.Tests;

[TestFixture]
public sealed class HandleTableTests
{
    [Test]
    public void A_number_is_never_given_twice()
    {
        HandleTable handles = new();
        HashSet<ulong> given = [];
        Random random = new(6);
        List<ulong> held = [];
        for (int i = 0; i < 20_000; i++)
        {
            if (held.Count > 0 && random.Next(2) == 0)
            {
                int chosen = random.Next(held.Count);
                Assert.That(handles.TryRemove(held[chosen], HandleKind.Answer, out object? _), Is.True);
                Assert.That(handles.TryFind(held[chosen], HandleKind.Answer, out object? _), Is.False);
                held.RemoveAt(chosen);
            }
            else
            {
                ulong handle = handles.Add(HandleKind.Answer, new object());
                Assert.That(handle, Is.Not.Zero);
                Assert.That(given.Add(handle), Is.True);
                held.Add(handle);
            }

            Assert.That(handles.Live, Is.EqualTo(held.Count));
        }
    }

    [Test]
    public void A_number_stands_for_what_it_was_given_for_and_only_for_its_kind()
    {
        HandleTable handles = new();
        object first = new();
        object second = new();
        ulong one = handles.Add(HandleKind.Engine, first);
        ulong two = handles.Add(HandleKind.Answer, second);

        Assert.That(handles.TryFind(one, HandleKind.Engine, out object? found), Is.True);
        Assert.That(found, Is.SameAs(first));
        Assert.That(handles.TryFind(two, HandleKind.Answer, out found), Is.True);
        Assert.That(found, Is.SameAs(second));
        Assert.That(handles.TryFind(one, HandleKind.Answer, out found), Is.False);
        Assert.That(handles.TryRemove(two, HandleKind.Engine, out found), Is.False);
        for (int bit = 0; bit < 64; bit++)
        {
            ulong near = one ^ (1UL << bit);
            Assert.That(near == two || !handles.TryFind(near, HandleKind.Engine, out found), Is.True);
        }

        Assert.That(handles.TryFind(0, HandleKind.None, out found), Is.False);
    }

    [Test]
    public void There_is_a_limit_and_what_comes_back_makes_room()
    {
        HandleTable handles = new(slotMax: 20);
        ulong[] all = [.. Enumerable.Range(0, 20).Select(_ => handles.Add(HandleKind.Answer, new object()))];

        Assert.That(all, Has.None.Zero);
        Assert.That(handles.Add(HandleKind.Answer, new object()), Is.Zero);
        Assert.That(handles.TryRemove(all[7], HandleKind.Answer, out object? _), Is.True);
        Assert.That(handles.Add(HandleKind.Answer, new object()), Is.Not.Zero);
    }
}
