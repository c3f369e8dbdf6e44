#!/bin/sh
# Builds liblimits.so beside this file, or where the first argument says.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/liblimits.so}
${CXX:-g++} -O3 -march=native -std=c++17 -Wall -Wextra -shared -fPIC -o "$out" "$here"/*.cpp
