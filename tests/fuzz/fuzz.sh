#!/usr/bin/env bash
# Fuzzes what reads untrusted input, guided by coverage: AFL++ over copies of our assemblies that SharpFuzz makes
# tell which branches they take.
#
# usage: fuzz.sh TARGET|all|self-test [SECONDS each, 60]
#
# Everything goes to artifacts/fuzz. Inputs begin with tests/fuzz/corpus/TARGET, the seeds and what earlier runs
# found. Exit code 0: nothing found. 1: a finding; it is named, with how to replay it. 2: AFL++ did not begin. 3: a
# program is missing. Of all targets, 1: at least one of them did not end with 0.
#   GRAPHORDER_FUZZ_PREPARED=1   what an earlier call built and instrumented is taken as it is
#   GRAPHORDER_FUZZ_KEEP=1       the corpus in tests/fuzz/corpus is replaced by what was found, minimised
set -euo pipefail

target="${1:?usage: fuzz.sh TARGET|all|self-test [SECONDS each]}"
seconds="${2:-60}"
root="$(cd "$(dirname "$0")/../.." && pwd)"
work="${GRAPHORDER_FUZZ_WORK:-$root/artifacts/fuzz}"
code="$root/artifacts/bin/GraphOrder.Fuzz/release"
for program in afl-fuzz dotnet; do
    command -v "$program" >/dev/null || { echo "fuzz.sh: there is no $program; see tests/install-tools.sh" >&2; exit 3; }
done

prepare() {
    dotnet build "$root/tests/fuzz/GraphOrder.Fuzz" -c Release -v quiet >&2
    instrument
}

instrument() {
    rm -rf "$work/bin"
    mkdir -p "$work/bin"
    cp -r "$code/." "$work/bin"
    dotnet "$code/GraphOrder.Fuzz.dll" instrument "$work/bin"
}

if [ "${GRAPHORDER_FUZZ_PREPARED:-0}" != 1 ]; then
    prepare
elif [ ! -d "$work/bin" ]; then
    instrument
fi

# A runtime that takes more memory ends, and that is a finding.
export DOTNET_GCHeapHardLimit=0x40000000
export AFL_SKIP_CPUFREQ=1 AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1
# What a runtime says as it dies stands in the log.
export AFL_DEBUG_CHILD=1
export AFL_NO_AFFINITY=1 AFL_FORKSRV_INIT_TMOUT=60000 AFL_TESTCACHE_SIZE=50

value() { sed -n "s/^$1 *: //p" "$2"; }

fuzz_one() {
    local name="$1" folder="$work/$1" status=0 words=()
    rm -rf "$folder/in" "$folder/out"
    mkdir -p "$folder/in" "$folder/findings"
    dotnet "$code/GraphOrder.Fuzz.dll" seeds "$name" "$folder/in"
    for from in "$root/tests/fuzz/corpus/$name" "$folder/corpus"; do
        [ -d "$from" ] || continue
        for file in "$from"/*; do
            [ -f "$file" ] && cp "$file" "$folder/in/$(basename "$(dirname "$from")")-$(basename "$file")"
        done
    done
    dotnet "$code/GraphOrder.Fuzz.dll" words "$name" "$folder/words"
    [ -s "$folder/words" ] && words=(-x "$folder/words")
    rm -f "$folder/told"
    # With a + behind it AFL++ would set a limit of its own by the seeds, which a busy machine exceeds.
    GRAPHORDER_FUZZ_TOLD="$folder/told" afl-fuzz -i "$folder/in" -o "$folder/out" -m none -t 5000 -V "$seconds" \
        -G "$(dotnet "$code/GraphOrder.Fuzz.dll" bytes "$name")" "${words[@]}" \
        -- dotnet "$work/bin/GraphOrder.Fuzz.dll" run "$name" >"$folder/log" 2>&1 || status=$?
    # A process that was killed left its image.
    for file in /dev/shm/graph-order-fuzz-*; do
        [ -d "/proc/${file##*-}" ] || rm -rf "$file"
    done
    local stats="$folder/out/default/fuzzer_stats"
    if [ ! -f "$stats" ]; then
        echo "$name: AFL++ did not begin (exit $status):" >&2
        tail -20 "$folder/log" >&2
        return 2
    fi

    printf '%-16s %9s executions, %6s a second, %5s edges, %4s inputs kept, %s crashes, %s hangs\n' "$name" \
        "$(value execs_done "$stats")" "$(value execs_per_sec "$stats")" "$(value edges_found "$stats")" \
        "$(value corpus_count "$stats")" "$(value saved_crashes "$stats")" "$(value saved_hangs "$stats")"
    merge "$name"
    tell_findings "$name"
}

# What is kept for the next run; a self-test keeps nothing, or it would prove nothing.
merge() {
    local name="$1" folder="$work/$1"
    [ "$name" != self-test ] || return 0
    dotnet "$work/bin/GraphOrder.Fuzz.dll" merge "$name" "$folder/merged" \
        "$folder/in" "$folder/out/default/queue" >>"$folder/log" 2>&1 || { tail -5 "$folder/log" >&2; return 2; }
    rm -rf "$folder/corpus"
    mv "$folder/merged" "$folder/corpus"
    if [ "${GRAPHORDER_FUZZ_KEEP:-0}" = 1 ]; then
        mkdir -p "$root/tests/fuzz/corpus"
        rm -rf "$root/tests/fuzz/corpus/$name"
        cp -r "$folder/corpus" "$root/tests/fuzz/corpus/$name"
    fi
}

# AFL++ kills the process of an input that takes too long, and SharpFuzz calls the next input a crash where it finds its
# process dead.
has_hang_before() {
    local hangs="$1" execution
    execution="$(sed -n 's/.*,execs:\([0-9]*\),.*/\1/p' <<<"$2")"
    [ -n "$execution" ] && [ -n "$(find "$hangs" -name "*,execs:$((execution - 1)),*")" ]
}

# A crash or a hang that does not show again in a process of its own was the machine's: it is told, and is none.
# Of those that say the same the shortest is told.
tell_findings() {
    local name="$1" folder="$work/$1" found=0 file kept reason seen=""
    while read -r file; do
        kept="$folder/findings/$(sha256sum "$file" | cut -c1-16)"
        cp "$file" "$kept"
        if timeout 60 dotnet "$code/GraphOrder.Fuzz.dll" replay "$name" "$kept" >"$kept.log" 2>&1; then
            reason="its process ended and nothing was thrown; $folder/log may have its last words"
            [ ! -s "$folder/told" ] || reason="what was thrown stands in $folder/told"
            if has_hang_before "$folder/out/default/hangs" "$file"; then
                reason="the input before it ran out of time, so the process had been killed"
            fi
            echo "$name: $(basename "$file") did not show again; $reason"
            rm "$kept" "$kept.log"
            continue
        fi
        found=1
        reason="$(head -1 "$kept.log" | sed "s|^$kept: ||" | tr -d '0-9' | cut -c1-80)"
        if [[ "$seen" == *"<$reason>"* ]]; then
            rm "$kept" "$kept.log"
            continue
        fi
        seen="$seen<$reason>"
        echo "$name: FINDING $kept"
        head -3 "$kept.log" | cut -c1-400
        echo "replay: dotnet $code/GraphOrder.Fuzz.dll replay $name $kept"
    done < <(find "$folder/out/default/crashes" "$folder/out/default/hangs" -name 'id:*' -printf '%s %p\n' | sort -n | cut -d' ' -f2-)
    return "$found"
}

case "$target" in
    self-test)
        # What is planted must be found, so here a finding is the success.
        rm -rf "$work/self-test"
        export AFL_BENCH_UNTIL_CRASH=1
        code_of=0
        fuzz_one self-test || code_of=$?
        [ "$code_of" -eq 1 ] && { echo "self-test: the planted defect was found"; exit 0; }
        echo "self-test: the planted defect was NOT found: coverage does not guide" >&2
        exit 1
        ;;
    all)
        # As many at a time as there are processors.
        dotnet "$code/GraphOrder.Fuzz.dll" list |
            GRAPHORDER_FUZZ_PREPARED=1 xargs -P "$(nproc)" -I TARGET "$root/tests/fuzz/fuzz.sh" TARGET "$seconds" || exit 1
        ;;
    *) fuzz_one "$target" || exit $? ;;
esac
