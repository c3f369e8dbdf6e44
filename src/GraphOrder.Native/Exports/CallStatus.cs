namespace GraphOrder.Native;

/// <summary>What a call returns; <c>graphorder_status</c> of the header, where each is explained.</summary>
internal enum CallStatus
{
    Done = 0,
    Refused = 1,
    Wrong = 2,
    Malformed = 4,
    Argument = 20,
    Handle = 21,
    TooLarge = 22,
    NoMemory = 23,
    Stack = 24,
    Forked = 25,
    Host = 26,
    Internal = 70,
    Cancelled = 130,
}
