namespace GraphOrder.LiveUpdate;

/// <summary>A difference between two kernels, made short.</summary>
/// <param name="Round">The sequence that it was found in, from 0.</param>
/// <param name="CallCount">Calls that are left of it.</param>
/// <param name="First">What the last of them answered in the first process.</param>
/// <param name="Second">What it did in the second one.</param>
/// <param name="Program">A C program that makes the calls and prints each answer.</param>
public sealed record TortureFinding(int Round, int CallCount, string First, string Second, string Program);
