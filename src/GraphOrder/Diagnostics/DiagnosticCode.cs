namespace GraphOrder;

/// <summary>
/// What can be wrong, or worth knowing: <c>GO</c> and four digits, stable for ever. GO1 a document, GO2 an
/// order, GO3 a page table, GO4 a kernel, GO5 a plan that is checked, GO6 a host half-way, GO7 what is
/// imported. <c>graph-order explain CODE</c> tells each.
/// </summary>
public enum DiagnosticCode : ushort
{
    /// <summary>More problems than the limit; the rest is counted, not listed.</summary>
    MoreProblems = 1,

    /// <summary>The bytes are not JSON.</summary>
    SyntaxError = 1001,
    /// <summary>Two objects have one id.</summary>
    DuplicateObject = 1002,
    /// <summary>A member that the contract does not know.</summary>
    UnknownMember = 1003,
    /// <summary>An id that no object of the document has.</summary>
    UnknownObject = 1004,
    /// <summary>A value of another type than the member takes.</summary>
    WrongType = 1005,
    /// <summary>A value of the right type that the member does not take.</summary>
    WrongValue = 1006,
    /// <summary>A member that must be there is not.</summary>
    MissingMember = 1007,
    /// <summary>A member that stands twice.</summary>
    DuplicateMember = 1008,
    /// <summary>Two sessions have one name.</summary>
    DuplicateSession = 1009,
    /// <summary>A session name that the kernel would not take.</summary>
    InvalidSessionName = 1010,
    /// <summary>A session that the document does not have.</summary>
    UnknownSession = 1011,
    /// <summary><c>within</c> names something that is no file.</summary>
    InvalidCarrier = 1012,
    /// <summary>An object has both a session and a carrier.</summary>
    SessionAndCarrier = 1013,
    /// <summary>An object has neither, and its kind is not one that the kernel moves.</summary>
    NoPlace = 1014,
    /// <summary>Two files of a session have one token.</summary>
    DuplicateToken = 1015,
    /// <summary>A number outside its range.</summary>
    NumberOutOfRange = 1016,
    /// <summary>Deeper nesting than the limit.</summary>
    NestingTooDeep = 1017,
    /// <summary>Bytes that are not UTF-8.</summary>
    InvalidUtf8 = 1018,
    /// <summary>Nothing in the file.</summary>
    EmptyDocument = 1019,
    /// <summary>A dependency of something on itself.</summary>
    SelfDependency = 1020,
    /// <summary>Another schema than the one that is read here.</summary>
    WrongSchema = 1021,
    /// <summary><c>preserved</c> and <c>created</c> contradict each other or the objects.</summary>
    InvalidBeginning = 1022,
    /// <summary>More of something than the reader's limit.</summary>
    LimitReached = 1023,
    /// <summary>Something of the contract that this version does not do yet.</summary>
    NotSupportedYet = 1024,
    /// <summary>The document asks for a feature that this version lacks.</summary>
    RequiredFeatureMissing = 1025,
    /// <summary>A model chooses no order of preserve calls.</summary>
    ModelPreserveNotChosen = 1030,
    /// <summary>A model moves objects by themselves, and not freely.</summary>
    ModelObjectsNotFree = 1031,
    /// <summary>A model moves single files together.</summary>
    ModelFilesTogether = 1032,

    /// <summary>A model moves sessions as one, and names no order of them.</summary>
    ModelSessionsWithoutOrder = 1033,

    /// <summary>A model orders what moves as one.</summary>
    ModelOrderInsideOneStep = 1034,

    /// <summary>A model reads a preserve order of files that it does not make.</summary>
    ModelWithoutPreserveOrder = 1035,

    /// <summary>A model of other rules has the name of a built-in one.</summary>
    ModelNameTaken = 1036,

    /// <summary>An act that has what only objects have, or an object that has what only acts have.</summary>
    InvalidAct = 1040,
    /// <summary>A blackout that is not a pause and a resume of its session.</summary>
    InvalidBlackout = 1041,

    /// <summary>A file and its session cannot be in these two states at once.</summary>
    StateContradicted = 1050,
    /// <summary>A state of something that has none of its own.</summary>
    StateOfNoFile = 1051,
    /// <summary>A session or file whose state stands twice.</summary>
    StateRepeated = 1052,
    /// <summary>A document that cannot be read at all: its bytes are not to be had.</summary>
    DocumentUnreadable = 1060,

    /// <summary>A cycle of objects in a phase.</summary>
    ObjectCycle = 2001,

    /// <summary>A cycle of files; the objects have none.</summary>
    FileCycle = 2002,

    /// <summary>A cycle of sessions; neither objects nor files have one.</summary>
    SessionCycle = 2003,

    /// <summary>What the kernel has already contradicts a dependency.</summary>
    BeginningContradicted = 2004,

    /// <summary>A needed file is in another session than the rule table demands.</summary>
    CrossesSessions = 2110,

    /// <summary>Tokens were assigned.</summary>
    TokensAssigned = 2201,

    /// <summary>Dependencies were waived by name.</summary>
    Waived = 2202,

    /// <summary>Page tables are named and were not walked.</summary>
    PageTablesNotWalked = 2203,

    /// <summary>A waiver names a dependency that is not there or not soft.</summary>
    WaiverWithoutEffect = 2204,

    /// <summary>A domain maps memory of which nobody says whose it is.</summary>
    OwnerUnknown = 2205,

    /// <summary>An image changed, or may have changed, while its tables were read.</summary>
    TornRead = 2206,

    /// <summary>Nothing that a repair may change makes the set legal.</summary>
    NoRepairHelps = 2220,

    /// <summary>No repair was found within the limit.</summary>
    NoRepairFound = 2221,

    /// <summary>The search for repairs ended at its limit; something cheaper may exist.</summary>
    RepairSearchLimited = 2222,

    /// <summary>An act in a phase in which the caller makes no calls between the steps.</summary>
    ActWithoutPlace = 2240,

    /// <summary>A dependency with an act that binds in no phase.</summary>
    ActDependencyIdle = 2241,

    /// <summary>A guest would be paused for longer than is allowed.</summary>
    BlackoutTooLong = 2242,

    /// <summary>A longest blackout is demanded and the set says of no guest when it is paused.</summary>
    BlackoutNotSaid = 2243,

    /// <summary>Costs add up to more than can be counted.</summary>
    CostsTooLarge = 2244,

    /// <summary>A longest blackout is demanded, and costs that count in it are not said.</summary>
    CostsNotSaid = 2245,

    // A page table: the numbers and names of PageTableFaultKind.
    /// <summary>E01: a bit that the format reserves is set.</summary>
    ReservedBitSet = 3001,
    /// <summary>E02: an address has more bits than the platform.</summary>
    AddressWiderThanPlatform = 3002,
    /// <summary>E03: the output address of a large leaf is not a multiple of its size.</summary>
    MisalignedSuperpage = 3003,
    /// <summary>E04: a leaf where the format allows only tables.</summary>
    LeafAtIllegalLevel = 3004,
    /// <summary>E05: at level 0, an encoding that only a table can have.</summary>
    TableEncodingAtLevel0 = 3005,
    /// <summary>E06: an encoding that the format keeps for the future.</summary>
    ReservedLeafEncoding = 3006,
    /// <summary>E07: not present, yet not zero.</summary>
    GhostEntry = 3007,
    /// <summary>E08: a leaf through which nothing is allowed.</summary>
    NoPermissionLeaf = 3008,
    /// <summary>E09: the access flag is clear and hardware does not set it.</summary>
    AccessFlagClear = 3009,
    /// <summary>E10: writable, the dirty flag is clear and hardware does not set it.</summary>
    DirtyNotPreset = 3010,
    /// <summary>E11: the memory attributes differ from those of the table's first leaf.</summary>
    CoherencyAttributeMixed = 3011,
    /// <summary>E12: the encryption bit is missing on memory or a table, or set on MMIO.</summary>
    EncryptionBitMismatch = 3012,
    /// <summary>E13: a leaf of a size that the hardware does not have.</summary>
    PageSizeNotAdvertised = 3013,
    /// <summary>E14: AMD's default page at level 3 (512 GiB), a known hardware bug.</summary>
    AmdDefault512G = 3014,
    /// <summary>E15: an AMD size code outside the sizes of its level.</summary>
    AmdSizeCodeOutOfRange = 3015,
    /// <summary>E16: the entries of an AMD group are not the same.</summary>
    AmdReplicaMismatch = 3016,
    /// <summary>E17: a replicated group does not begin at a multiple of its count.</summary>
    GroupMisaligned = 3017,
    /// <summary>E18: the entries of a RISC-V NAPOT group are not the same.</summary>
    NapotReplicaMismatch = 3018,
    /// <summary>E19: Arm's contiguous bit on some entries of a group, or on entries that are not.</summary>
    ContiguousBitInconsistent = 3019,
    /// <summary>E20: AMD's NextLevel is not the level below.</summary>
    NextLevelMismatch = 3020,
    /// <summary>E21: an entry for addresses that the device cannot use.</summary>
    NonCanonicalOrBeyondWidth = 3021,
    /// <summary>
    /// E22: a read-only leaf of a domain that nested domains stand on (Intel erratum SPR17).
    /// </summary>
    ReadOnlyUnderNestParent = 3022,
    /// <summary>T01: an entry points to its own table or to one above it.</summary>
    TableCycle = 3101,
    /// <summary>T02: two entries point to one table.</summary>
    TableShared = 3102,
    /// <summary>T03: a leaf lets the device reach a page of its own table.</summary>
    TableReachableByDma = 3103,
    /// <summary>T04: a table that the image does not have.</summary>
    TableOutsideImage = 3104,
    /// <summary>T05: a table page that is not preserved.</summary>
    TableNotPreserved = 3105,
    /// <summary>T06: a page of a table lies in the memory of a memfd.</summary>
    TableInsideMemfd = 3106,
    /// <summary>T07: a table page, or memory of a leaf, in memory that the next kernel boots in.</summary>
    TableOrLeafInScratch = 3107,
    /// <summary>T08: a table without entries.</summary>
    EmptyTable = 3108,
    /// <summary>T09: the level on record is not the one that the hardware is given.</summary>
    TopLevelMismatch = 3109,
    /// <summary>T10: the root is not aligned to its size, or wider than the format's addresses.</summary>
    RootMisaligned = 3110,
    /// <summary>T11: one page is a table of two levels.</summary>
    SameTableAtTwoLevels = 3111,
    /// <summary>T12: a full table maps one run that a single larger leaf could map.</summary>
    CouldBeSuperpage = 3112,

    /// <summary>A domain maps memory that belongs to nothing that is preserved.</summary>
    OutputNotPreserved = 3201,
    /// <summary>O02: a leaf leaves the memory of its owner.</summary>
    OutputSpansRanges = 3202,
    /// <summary>O03: a domain reaches memory of another session that none of its areas maps.</summary>
    OutputInOtherSession = 3203,
    /// <summary>O04: a domain reaches the memory of a device.</summary>
    OutputIsMmioOrMsi = 3204,
    /// <summary>O05: a domain maps more of a file than the file has.</summary>
    OutputBeyondFileSize = 3205,
    /// <summary>O06: a domain reaches a page of a table.</summary>
    OutputIsAnotherDomainsTable = 3206,
    /// <summary>O07: a domain maps a part of a memfd of which no folio is on record.</summary>
    FolioNotUptodate = 3207,
    /// <summary>I01: nothing is mapped where an area should be.</summary>
    HoleInArea = 3301,
    /// <summary>I02: something is mapped where no area is.</summary>
    StrayMapping = 3302,
    /// <summary>I03: the right memfd, another page of it.</summary>
    OffsetDiscontinuity = 3303,
    /// <summary>I04: another memfd than the area's.</summary>
    WrongFile = 3304,
    /// <summary>I05: a device may do more than the area allows.</summary>
    PermissionWider = 3305,
    /// <summary>I06: a device may do less than the area allows.</summary>
    PermissionNarrower = 3306,
    /// <summary>I07: two input addresses of one domain lead to one page.</summary>
    AliasWithinDomain = 3307,
    /// <summary>I08: two domains map one memfd.</summary>
    AliasAcrossDomains = 3308,
    /// <summary>I09: a leaf reaches beyond its area.</summary>
    LeafExceedsArea = 3309,
    /// <summary>I10: an area overlaps another, or is not made of whole pages.</summary>
    AreaOverlap = 3310,
    /// <summary>I11: smaller leaves than the kernel would choose.</summary>
    UnexpectedLeafSize = 3311,
    /// <summary>A domain maps a memfd and nothing declares it.</summary>
    MissingEdge = 3401,
    /// <summary>A domain is declared to need a memfd that its page table does not map.</summary>
    ExtraEdge = 3402,
    /// <summary>A domain maps a memfd of another session.</summary>
    EdgeCrossesSession = 3404,
    /// <summary>G05: a domain maps nothing.</summary>
    DomainWithoutMapping = 3405,

    /// <summary>A kind that the kernel has no handler for.</summary>
    NoHandler = 4001,
    /// <summary>One inode under two ids.</summary>
    DuplicateInode = 4002,
    /// <summary>A memfd too large for the kernel's tables.</summary>
    MemfdTooLarge = 4003,
    /// <summary>A memfd that would come back read-only for good.</summary>
    ComesBackReadOnly = 4004,
    /// <summary>More sessions than the kernel's lists hold.</summary>
    TooManySessions = 4005,
    /// <summary>More files in a session than the kernel's lists hold.</summary>
    TooManyFiles = 4006,
    /// <summary>More file-lifecycle-bound objects than the kernel's page holds.</summary>
    TooManyFlbs = 4007,
    /// <summary>A count at the edge of the kernel's blocks, where a duplicate create is fatal.</summary>
    BlockEdge = 4008,
    /// <summary>Less free memory than preserving needs.</summary>
    NotEnoughMemory = 4009,
    /// <summary>Names or tokens that the kernel compares one by one, long enough to matter.</summary>
    SlowLists = 4010,
    /// <summary>Holes of a memfd that preserving fills.</summary>
    HolesFilled = 4011,
    /// <summary>A kernel profile that is not known.</summary>
    UnknownKernel = 4012,
    /// <summary>A mapped memfd without the seals that keep it in place.</summary>
    MissingSeals = 4201,
    /// <summary>A mapped memfd of which the set does not say the seals.</summary>
    SealsUnknown = 4202,
    /// <summary>A mapped memfd that only its seals protect once it is retrieved.</summary>
    OnlySeals = 4203,
    /// <summary>A file that an HWPT's IOAS needs and that the push gate would not find.</summary>
    NotPushed = 4204,
    /// <summary>A memfd that is finished while something still maps it.</summary>
    ReleasedWhileMapped = 4205,
    /// <summary>The plan was made for another set.</summary>
    OtherSet = 5001,
    /// <summary>A dependency that the plan violates.</summary>
    DependencyViolated = 5002,
    /// <summary>A step that must be there is not.</summary>
    StepMissing = 5003,
    /// <summary>A step that stands twice.</summary>
    StepRepeated = 5004,
    /// <summary>A step of something that has none.</summary>
    StepUnknown = 5005,
    /// <summary>A token that is not the file's.</summary>
    WrongToken = 5006,
    /// <summary>A session that is not the file's.</summary>
    WrongSession = 5007,
    /// <summary>An order that does not follow from the orders that the model derives it from.</summary>
    OrderNotDerived = 5008,
    /// <summary>A session order that does not list every session once.</summary>
    SessionOrderIncomplete = 5009,
    /// <summary>The beginning that the kernel has already is not kept.</summary>
    BeginningNotKept = 5010,
    /// <summary>
    /// The carried objects of a step are not those of its file, or in an order that violates a dependency.
    /// </summary>
    WrongCarries = 5011,
    /// <summary>A wave that says two ordered steps are independent.</summary>
    WrongWave = 5012,
    /// <summary>The plan was made with another rule table.</summary>
    OtherRules = 5013,
    /// <summary>A lifecycle model that is not known.</summary>
    UnknownModel = 5014,
    /// <summary>The document is a refusal and holds no plan.</summary>
    NoPlan = 5015,
    /// <summary>The second opinion says otherwise.</summary>
    SecondOpinionDiffers = 5016,
    /// <summary>The certificate of a plan says something else than the set.</summary>
    CertificateDiffers = 5020,
    /// <summary>A plan without a certificate, which cannot be checked without its set.</summary>
    CertificateMissing = 5021,
    /// <summary>The canonical plan is assumed to be the one that ran.</summary>
    PreserveOrderAssumed = 6001,
    /// <summary>It is not known in which order files were preserved.</summary>
    PreserveOrderUnknown = 6002,
    /// <summary>Something counts as quiet because somebody says so.</summary>
    QuietAssumed = 6003,
    /// <summary>Something is assumed to be quiet that is so anyway.</summary>
    QuietAlready = 6004,
    /// <summary>A session that the kernel will never finish.</summary>
    FinishRefused = 6005,
    /// <summary>The reboot call has not come back.</summary>
    StillFrozen = 6006,
    /// <summary>A file or session for which no descriptor was handed over.</summary>
    DescriptorMissing = 6101,
    /// <summary>A descriptor that is not what the set says of its file.</summary>
    DescriptorDiffers = 6102,
    /// <summary>A session that is not held by whoever has custody.</summary>
    CustodyNotHeld = 6103,
    /// <summary>No kernel is loaded that could take over.</summary>
    ImageMissing = 6104,
    /// <summary>A session of this name is open already.</summary>
    SessionOpenAlready = 6105,
    /// <summary>The running kernel has no live update.</summary>
    LiveUpdateOff = 6106,
    /// <summary>A session has the name under which the journal travels.</summary>
    JournalNameTaken = 6107,
    /// <summary>Sessions were created in another order than the plan's.</summary>
    CreatedInOtherOrder = 6108,
    /// <summary>Another kernel runs than the set names.</summary>
    OtherKernelRuns = 6109,
    /// <summary>A plan has acts, and nobody was named who does them.</summary>
    ActsWithoutRunner = 6110,
    /// <summary>A kernel is loaded, and by which call cannot be seen.</summary>
    ImageUnproven = 6111,
    /// <summary>An image of memory that does not say where its hand-over begins.</summary>
    HandOverNotNamed = 7001,
    /// <summary>A part of a hand-over that the image does not have.</summary>
    HandOverOutsideImage = 7002,
    /// <summary>A part of a hand-over in a version that is not read here.</summary>
    HandOverVersionUnknown = 7003,
    /// <summary>Two parts of a hand-over in one page, or memory of two owners.</summary>
    HandOverPageUsedTwice = 7004,
    /// <summary>A part of a hand-over that contradicts itself or another part.</summary>
    HandOverContradicts = 7005,
    /// <summary>A part of a hand-over in memory that is not preserved.</summary>
    HandOverNotPreserved = 7006,
    /// <summary>The record of what memory is preserved cannot be read.</summary>
    PreservedMapUnread = 7007,
    /// <summary>Something else in an imported file than its format has there.</summary>
    ImportUnexpected = 7020,
    /// <summary>What was imported holds nothing that would be preserved.</summary>
    ImportFoundNothing = 7021,
    /// <summary>Things that an importer could not see.</summary>
    ImportNotSeen = 7022,
}
