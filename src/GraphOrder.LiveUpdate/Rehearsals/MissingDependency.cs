namespace GraphOrder.LiveUpdate;

/// <summary>A dependency that the set does not declare and without which an order went wrong.</summary>
/// <param name="Dependent">What needs.</param>
/// <param name="On">What is needed.</param>
/// <param name="Phase">
/// The phase in which a handler asks for it; null where memory is mapped, which binds in all phases but
/// unfreeze.
/// </param>
public readonly record struct MissingDependency(ObjectId Dependent, ObjectId On, Phase? Phase);
