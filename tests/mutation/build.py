"""Has Stryker.NET compile all changes of a project's files into its assembly, and keeps that beside its tests."""
import dataclasses
import json
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
ARTIFACTS = ROOT / "artifacts"

# Named here, since no project may reference it: the version that was tried with this SDK.
VERSION = "5.1.0"

# Of each project a test that touches none of its code: Stryker.NET is to compile, and to run nothing.
IDLE = {
    "GraphOrder": "A_line_has_at_most_110_columns",
    "GraphOrder.LiveUpdate": "A_folder_has_no_holes",
    "GraphOrder.PageTables": "RangeTests",
}


@dataclasses.dataclass(frozen=True)
class Change:
    """One change: its number in the assembly, where it is, what it writes there, and whether that runs once."""
    number: int
    path: str
    line: int
    source: str
    replacement: str
    is_static: bool


@dataclasses.dataclass(frozen=True)
class Changed:
    """A folder with tests and the changed assembly."""
    project: str
    folder: pathlib.Path
    changes: list


def changed(project, files, is_kept):
    """Builds the changes of files, patterns below the project; or takes those that were built last."""
    work = ARTIFACTS / "mutation" / project
    if not is_kept:
        compile_all(project, files, work)
    return Changed(project, work / "changed", read(project, work / "reports" / "mutation-report.json"))


def renew_tests(changed_before):
    """Builds the tests as they are now, beside the changes that were built before."""
    name = f"{changed_before.project}.Tests"
    subprocess.run(["dotnet", "build", ROOT / "tests" / name, "-c", "Release", "-v", "quiet"], check=True)
    shutil.copy(ARTIFACTS / "bin" / name / "release" / f"{name}.dll", changed_before.folder)


def compile_all(project, files, work):
    tool = ARTIFACTS / "stryker" / "dotnet-stryker"
    if not tool.exists():
        subprocess.run(["dotnet", "tool", "install", "dotnet-stryker", "--version", VERSION,
                        "--tool-path", tool.parent], check=True)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    config = {"stryker-config": {
        "project": f"{project}.csproj",
        "test-projects": [f"../../tests/{project}.Tests/{project}.Tests.csproj"],
        "mutate": files,
        "test-case-filter": f"FullyQualifiedName~{IDLE[project]}",
        "configuration": "Release",
        "coverage-analysis": "perTest",
        "reporters": ["json"],
    }}
    (work / "stryker.json").write_text(json.dumps(config), encoding="utf-8")
    subprocess.run(["dotnet", "build", ROOT / "tests/mutation/GraphOrder.Mutation", "-c", "Release", "-v", "quiet"],
                   check=True)
    with open(work / "stryker.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen([tool, "-f", work / "stryker.json", "-O", work], stdout=log, stderr=log,
                                   cwd=ROOT / "src" / project)
        try:
            folder = kept(project, work, process)
        finally:
            code = process.wait()
    if code != 0 or folder is None:
        sys.exit(f"Stryker.NET compiled nothing to run; see {work / 'stryker.log'}.")
    subprocess.run(["dotnet", ARTIFACTS / "bin/GraphOrder.Mutation/release/GraphOrder.Mutation.dll", "quicken",
                    folder / f"{project}.dll"], check=True)


# It puts the changed assembly among the tests, and takes it away when it ends.
def kept(project, work, process):
    tests = ARTIFACTS / "bin" / f"{project}.Tests" / "release"
    assembly = tests / f"{project}.dll"
    while process.poll() is None:
        if assembly.exists() and b"MutantControl" in assembly.read_bytes():
            shutil.copytree(tests, work / "changed")
            shutil.copy(ARTIFACTS / "bin/GraphOrder.Mutation/release/GraphOrder.Mutation.dll", work / "changed")
            return work / "changed"
        time.sleep(0.1)
    return None


def read(project, report):
    """The changes of a report that can be made: those that compile, and blocks that hold no other change."""
    changes = []
    for path, file in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        lines = file["source"].split("\n")
        below = path.split(f"/src/{project}/", 1)[-1]
        for each in file["mutants"]:
            if each["status"] not in ("CompileError", "Ignored"):
                line = each["location"]["start"]["line"]
                changes.append(Change(int(each["id"]), below, line, lines[line - 1].strip(),
                                      " ".join(each["replacement"].split()), each.get("static", False)))
    return sorted(changes, key=lambda change: change.number)
