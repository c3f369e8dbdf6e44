#!/usr/bin/env bash
# Changes the code of an area in thousands of small ways and tells which changes no test notices:
#   mutate.sh AREA|all              areas: gate, journal, ordering, planner, recovery, verifier, walker
#   mutate.sh AREA 'FILES'...       a part of an area: patterns below the project, such as 'Planning/Cycle*.cs'
# Stryker.NET goes to artifacts/stryker, its reports to artifacts/mutation/AREA. Long: minutes to hours an area.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root="$here/../.."
tool="$root/artifacts/stryker/dotnet-stryker"
[ $# -ge 1 ] || { echo "usage: mutate.sh AREA|all ['FILES'...]" >&2; exit 2; }
areas="$1"
[ "$1" != all ] || areas="gate journal verifier recovery ordering planner walker"
shift
files=()
for file in "$@"; do files+=(-m "$file"); done
# Named here, since no project may reference it: the version that was tried with this SDK.
[ -x "$tool" ] || dotnet tool install dotnet-stryker --version 5.1.0 --tool-path "$root/artifacts/stryker"
for area in $areas; do
    [ -f "$here/$area.json" ] || { echo "mutate.sh: there is no area '$area'. Known: gate, journal, ordering, planner, recovery, verifier, walker." >&2; exit 2; }
    # Of the random cases of a test a part: the planner's tests have the most.
    export GRAPHORDER_SHORT=$([ "$area" = planner -o "$area" = ordering ] && echo 40 || echo 10)
    project=$(sed -n 's/.*"project": "\(.*\)\.csproj".*/\1/p' "$here/$area.json")
    (cd "$root/src/$project" && "$tool" -f "../../tests/mutation/$area.json" -O "$root/artifacts/mutation/$area" "${files[@]}")
    python3 "$here/survivors.py" "$root/artifacts/mutation/$area/reports/mutation-report.json"
done
