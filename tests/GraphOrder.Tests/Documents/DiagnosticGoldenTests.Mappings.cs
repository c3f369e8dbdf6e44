namespace GraphOrder.Tests.Documents;

/// <content>What page tables map.</content>
public sealed partial class DiagnosticGoldenTests
{
    private static Diagnostic[] MappingExamples =>
    [
        new(DiagnosticCode.OwnerUnknown, DiagnosticSeverity.Warning)
        {
            Subjects = ["vm-02/domain"],
            Facts =
            [
                new("bytes", 4096),
                new("iova", "0x1000"),
                new("physical", "0x7f001000"),
                new("count", 2),
            ],
        },
        new(DiagnosticCode.TornRead, DiagnosticSeverity.Warning)
        {
            Facts =
            [
                new("image", "host.img"),
                new("reason", "2 tables have other words when read again, the first at 0x1a000"),
            ],
        },
        new(DiagnosticCode.OutputNotPreserved, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain"],
            Facts = [new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000")],
        },
        new(DiagnosticCode.TableInsideMemfd, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.OutputSpansRanges, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"), new("expected", "0x7f100000"),
            ],
        },
        new(DiagnosticCode.OutputInOtherSession, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-01/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"), new("session", "vm-02"), new("otherSession", "vm-01"),
            ],
        },
        new(DiagnosticCode.OutputIsMmioOrMsi, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.OutputBeyondFileSize, DiagnosticSeverity.Warning)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.OutputIsAnotherDomainsTable, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.FolioNotUptodate, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.HoleInArea, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.StrayMapping, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.OffsetDiscontinuity, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"), new("expected", "0x7f100000"),
            ],
        },
        new(DiagnosticCode.WrongFile, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-01/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"), new("expected", "0x7f100000"),
            ],
        },
        new(DiagnosticCode.PermissionWider, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.PermissionNarrower, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.AliasWithinDomain, DiagnosticSeverity.Info)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.AliasAcrossDomains, DiagnosticSeverity.Info)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.LeafExceedsArea, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.AreaOverlap, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.UnexpectedLeafSize, DiagnosticSeverity.Info)
        {
            Subjects = ["vm-02/domain", "vm-02/ram"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"), new("expected", "0x200000"),
            ],
        },
        new(DiagnosticCode.DomainWithoutMapping, DiagnosticSeverity.Info)
        {
            Subjects = ["vm-02/domain"],
            Facts =
            [
                new("bytes", 4096), new("iova", "0x1000"), new("physical", "0x7f001000"),
            ],
        },
        new(DiagnosticCode.MissingEdge, DiagnosticSeverity.Error)
        {
            Subjects = ["vm-02/domain", "vm-01/ram"],
            Facts = [new("iova", "0x1000000000"), new("verb", "write to")],
        },
        new(DiagnosticCode.ExtraEdge, DiagnosticSeverity.Warning)
        {
            Subjects = ["vm-02/domain", "vm-02/rom"],
        },
        new(DiagnosticCode.EdgeCrossesSession, DiagnosticSeverity.Info)
        {
            Subjects = ["vm-02/domain", "vm-01/ram"],
            Facts =
            [
                new("session", "vm-02"),
                new("otherSession", "vm-01"),
                new("iova", "0x1000000000"),
            ],
        },
    ];
}
