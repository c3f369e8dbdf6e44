using System.IO.Pipes;

namespace GraphOrder.LiveUpdate;

/// <summary>What is written to a descriptor, as standard output is.</summary>
[TestFixture]
public sealed class DescriptorStreamTests
{
    private const int NotWaiting = 0x800;
    private const int SetFlags = 4;

    [Test]
    public void A_pipe_that_does_not_wait_gets_everything_and_one_that_nobody_reads_takes_no_harm()
    {
        using AnonymousPipeServerStream output = new(PipeDirection.In);
        int input = (int)output.ClientSafePipeHandle.DangerousGetHandle();
        Assert.That(LinuxLibrary.Control(input, SetFlags, NotWaiting), Is.Zero);
        byte[] text = new byte[1_000_000];
        Task<int> read = Task.Run(() =>
        {
            Thread.Sleep(50);
            return output.ReadAtLeast(new byte[text.Length], text.Length, throwOnEndOfStream: false);
        });

        using DescriptorStream writer = new(input);
        writer.Write(text);
        Assert.That(read.Result, Is.EqualTo(text.Length));
        output.SafePipeHandle.Dispose();
        Assert.That(() => writer.Write(text), Throws.Nothing);
    }

    [Test]
    public void What_cannot_be_written_is_told_in_the_words_of_the_C_library()
    {
        using DescriptorStream none = new(-1);
        Assert.That(() => none.Write("x"u8), Throws.TypeOf<IOException>().With.Message.EqualTo("Bad file descriptor"));
        Assert.That(DescriptorStream.ColumnsOf(-1), Is.Zero);
    }
}
