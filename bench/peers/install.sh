#!/usr/bin/env bash
# Gets the libraries that GraphOrder is measured against, from Debian; run as root, or with sudo. One that is not to
# be had is named and left out.
#   libboost-graph-dev            Boost.Graph
#   libigraph-dev                 igraph
#   librust-petgraph-dev          petgraph and what it needs, as sources
#   cargo                         the Rust compiler, where there is none
#   g++, gcc                      for the first two
#   python3                       graphlib, and compare.py
set -euo pipefail

packages="libboost-graph-dev libigraph-dev librust-petgraph-dev"
for command in cargo g++ gcc python3; do
    command -v "$command" >/dev/null || packages="$packages $command"
done
missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

command -v apt-get >/dev/null || { echo "install.sh: there is no apt-get here; install these yourself:$missing" >&2; exit 3; }
run=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "install.sh: run as root to install:$missing" >&2; exit 3; }
    run="sudo"
fi

export DEBIAN_FRONTEND=noninteractive
$run apt-get update -q
for package in $missing; do
    $run apt-get install -q -y --no-install-recommends "$package" || echo "install.sh: left out: $package" >&2
done
