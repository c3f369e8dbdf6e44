#!/bin/sh
# Builds liblimits.so and read_file beside this file, or in the folder of the library that the first argument names.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/liblimits.so}
${CXX:-g++} -O3 -march=native -std=c++17 -Wall -Wextra -shared -fPIC -o "$out" "$here/limits.cpp"
${CC:-cc} -O2 -std=c11 -Wall -Wextra -o "$(dirname "$out")/read_file" "$here/read_file.c"
