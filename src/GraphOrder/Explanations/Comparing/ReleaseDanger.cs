namespace GraphOrder;

/// <summary>
/// What would happen if somebody finished a set for which a model has no legal order. Immutable.
/// </summary>
/// <param name="Memfd">The memfd that could be released …</param>
/// <param name="Mapper">… while this object still lets a device write to it.</param>
public readonly record struct ReleaseDanger(ObjectId Memfd, ObjectId Mapper);
