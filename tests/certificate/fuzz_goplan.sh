#!/usr/bin/env bash
# Fuzzes goplan_check.h under AddressSanitizer and UndefinedBehaviorSanitizer, guided by coverage.
#
# usage: fuzz_goplan.sh SECONDS [SEED...]
#
# Needs clang with its runtime (install-tools.sh) and the built tool: `dotnet build src/GraphOrder.Cli -c Release`, or
# GRAPHORDER_TOOL. Seeds are the certificates of the samples in every model, corpus beside this script, and what earlier
# runs found (artifacts/certificate/fuzz/corpus). Exit code 0: nothing found. A finding is written beside the latter.
#   GRAPHORDER_FUZZ_KEEP=1   the corpus beside this script is replaced by what was found, minimised
set -euo pipefail

seconds="${1:?usage: fuzz_goplan.sh SECONDS [SEED...]}"
shift
root="$(cd "$(dirname "$0")/../.." && pwd)"
kept="$root/tests/certificate/corpus"
work="$root/artifacts/certificate/fuzz"
mkdir -p "$work/corpus" "$work/seeds"
clang="$(command -v clang || command -v clang-14)"
"$clang" -std=c99 -O1 -g -Wall -Wextra -Werror -fno-sanitize-recover=undefined \
    -fsanitize=address,undefined,fuzzer -I"$root/src/GraphOrder.Native/include" \
    -o "$work/fuzz_goplan" "$root/tests/certificate/fuzz_goplan.c"

tool="${GRAPHORDER_TOOL:-dotnet $root/artifacts/bin/GraphOrder.Cli/release/graph-order.dll}"
if [ $# -gt 0 ]; then
    cp "$@" "$work/seeds"
elif [ -z "$(ls -A "$work/seeds")" ]; then
    for model in linux-7.3 explicit-graph session-finish global-finish; do
        for sample in "$root"/tests/samples/*.json; do
            # A sample without a legal plan is no seed; the tool says so.
            $tool plan "$sample" --model "$model" --format binary \
                --output "$work/seeds/$(basename "$sample" .json).$model" 2>/dev/null || true
        done
    done
fi

"$work/fuzz_goplan" -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
    -artifact_prefix="$work/" -print_final_stats=1 "$work/corpus" "$work/seeds" "$kept"

if [ "${GRAPHORDER_FUZZ_KEEP:-0}" = 1 ]; then
    rm -rf "$work/merged"
    mkdir "$work/merged"
    "$work/fuzz_goplan" -set_cover_merge=1 -use_counters=0 -max_len=4096 "$work/merged" "$work/seeds" "$kept" "$work/corpus"
    rm -rf "$kept"
    mv "$work/merged" "$kept"
fi
