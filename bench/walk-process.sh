#!/bin/sh
# `graph-order walk IMAGE` as a whole process, from the page cache, against a C program that reads the file once.
#   bench/walk-process.sh TOOL [ROUNDS [FOLDER]]
# TOOL is the Native AOT binary; FOLDER gets the images, 2.1 GiB, and what is built.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tool=$1
rounds=${2:-31}
folder=${3:-/tmp/graph-order-walk-process}
mkdir -p "$folder"
"$here/limits/build.sh" "$folder/liblimits.so"

# name, size, leaf, fragmentation
generate() {
  [ -f "$folder/$1.img" ] || "$tool" generate table --table vtd-second-stage --top-level 3 --size "$2" --leaf "$3" \
    --fragmentation "$4" --output "$folder/$1.img" >/dev/null
}

compare() {
  for way in "" --map; do
    printf '%-34s ' "$1 $way"
    "$folder/pairs" "$rounds" "$folder/read_file" "$folder/$2.img" -- "$tool" walk "$folder/$2.img" \
      --table vtd-second-stage --top-level 3 --root 0x10000 $way
  done
}

generate run 512G 4K one-run
generate folios 512G 4K folios-2m
generate large 16T 2M one-run
echo "ratio to a read of the file; first: read_file; second: graph-order walk; $rounds pairs"
compare "512 GiB of 4K, one run" run
compare "512 GiB of 4K, folios of 2M" folios
compare "16 TiB of 2M" large
