namespace GraphOrder;

/// <summary>The members of a request, in the order of <see cref="RequestReader"/>'s names.</summary>
internal enum RequestMember : byte
{
    Schema,
    Request,
    Id,
    Set,
    Plan,
    State,
    Model,
    Waive,
    Certificate,
    AcceptDerived,
    MaxBlackout,
    First,
    Then,
    Phase,
    Object,
    AssumeQuiet,
    Files,
    Sessions,
    Objects,
    Dependencies,
    Areas,
}
