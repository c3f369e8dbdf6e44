#!/usr/bin/env bash
# Builds the peers into artifacts/peers. One that cannot be built is named and left out; compare.py then leaves it
# out too. Fails only where GraphOrder's own benchmarks do not build.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out="$root/artifacts/peers"
sources=/usr/share/cargo/registry
mkdir -p "$out"
rm -f "$out/boost" "$out/igraph" "$out/petgraph"

attempt() {
    local name="$1"
    shift
    "$@" || echo "build.sh: left out: $name" >&2
}

petgraph() {
    # Cargo writes beside its sources, so they go to artifacts.
    local copy="$out/petgraph-crate" version
    rm -rf "$copy/src" && mkdir -p "$copy" && cp -r "$here/petgraph/." "$copy" || return 1
    version=$(basename "$(find "$sources" -maxdepth 1 -name 'petgraph-0.6*' -print -quit 2>/dev/null)") || return 1
    (
        cd "$copy"
        PEER_PETGRAPH="${version#petgraph-}" PEER_RUSTC="$(rustc --version | cut -d' ' -f2)" \
        RUSTFLAGS="-C target-cpu=native" cargo build --release --offline --quiet \
            --config 'source.crates-io.replace-with="debian"' --config "source.debian.directory=\"$sources\""
    ) && cp "$copy/target/release/peer-petgraph" "$out/petgraph"
}

attempt Boost.Graph "${CXX:-g++}" -O3 -march=native -std=c++17 -DNDEBUG -Wall -Wextra -o "$out/boost" "$here/boost.cpp"
attempt igraph "${CC:-gcc}" -O3 -march=native -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra \
    -o "$out/igraph" "$here/igraph.c" -ligraph
attempt petgraph petgraph
dotnet build "$root/bench/GraphOrder.Benchmarks" -c Release --nologo -v quiet
