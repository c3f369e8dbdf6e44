#!/bin/sh
# Builds liblimits.so, read_file and pairs beside this file, or where the first argument says the library goes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/liblimits.so}
folder=$(dirname "$out")
${CXX:-g++} -O3 -march=native -std=c++17 -Wall -Wextra -shared -fPIC -o "$out" "$here"/*.cpp
for name in read_file pairs; do
  ${CC:-cc} -O2 -std=c11 -Wall -Wextra -o "$folder/$name" "$here/$name.c" -lm
done
