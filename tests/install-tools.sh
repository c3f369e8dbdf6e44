#!/usr/bin/env bash
# Installs the system programs that some tests use. Debian; run as root, or with sudo. Safe to run again.
#   python3, python3-jsonschema   second implementation of the digest, JSON Schemas
#   gcc, zlib1g-dev               linking the Native AOT tool; gcc also builds the certificate checker
#   libjansson-dev                JSON for the certificate checker in C
#   clang, libclang-rt-dev        another compiler for goplan_check.h, and fuzzing guided by coverage
#   afl++                         mutates inputs of every reader, guided by coverage (fuzz/README.md)
#   bsdutils (script)             a terminal for the tests of colour, width and progress
#   zsh, fish                     shells beside bash that load the completion script and are typed into
#   g++, binutils, pkg-config     headers in C++; the shared library's symbols and installation
#   valgrind, strace              what it does with memory and the system; gcc brings its sanitizers
#   qemu-system-x86               the machine in which the tests boot a kernel (GRAPHORDER_KERNEL)
#   golang-go, rustc, cargo       hosts in Go and Rust; a cargo that is there already is left alone
#   graphviz                      dot, which draws the graphs; python3-networkx reads those in GraphML
#   nodejs, npm                   the real Mermaid (tests/mermaid), into artifacts/mermaid; a npm that is there is left alone
#   systemd                       systemd-analyze, which judges the service unit; nothing is started
#   redis-server                  where the silos of a fleet meet; tests start their own
#   chromium                      the browser in which the flight recorder is tested
set -euo pipefail

packages="python3 python3-jsonschema gcc g++ clang libclang-rt-dev afl++ binutils zlib1g-dev libjansson-dev bsdutils zsh fish valgrind strace golang-go qemu-system-x86 graphviz python3-networkx systemd redis-server chromium"
command -v pkg-config >/dev/null || packages="$packages pkg-config"
command -v npm >/dev/null || packages="$packages nodejs npm"
command -v cargo >/dev/null || packages="$packages cargo rustc"
missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done

# Exact versions stand in package.json; no lock file, since it would name where they came from.
install_mermaid() {
    here="$(cd "$(dirname "$0")" && pwd)"
    folder="$here/../artifacts/mermaid"
    cmp -s "$here/mermaid/package.json" "$folder/package.json" && [ -d "$folder/node_modules/mermaid" ] && return
    mkdir -p "$folder"
    cp "$here/mermaid/package.json" "$folder/package.json"
    npm install --prefix "$folder" --no-package-lock --ignore-scripts --no-audit --no-fund
}

if [ -z "$missing" ]; then
    install_mermaid
    exit 0
fi

if ! command -v apt-get >/dev/null; then
    echo "install-tools.sh: there is no apt-get here; install these yourself:$missing" >&2
    exit 3
fi

run=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "install-tools.sh: run as root to install:$missing" >&2; exit 3; }
    run="sudo"
fi

export DEBIAN_FRONTEND=noninteractive
$run apt-get update -q
# shellcheck disable=SC2086
$run apt-get install -q -y --no-install-recommends $missing
install_mermaid
