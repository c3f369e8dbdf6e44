namespace GraphOrder.Native;

/// <summary>What a handle stands for.</summary>
internal enum HandleKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A <see cref="NativeEngine"/>.</summary>
    Engine,

    /// <summary>An <see cref="AnswerBuffer"/>.</summary>
    Answer,
}
