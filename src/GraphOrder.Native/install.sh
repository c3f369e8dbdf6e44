#!/bin/sh
# Publishes the library and installs it: install.sh PREFIX [CPU...]
# CPUs: base (every x86-64 that .NET runs on), x86-64-v3, x86-64-v4; all three where none is named. The loader
# of glibc 2.33 and later takes the best of them that the processor runs. DESTDIR is honoured.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ $# -ge 1 ] || { echo "usage: install.sh PREFIX [base] [x86-64-v3] [x86-64-v4]" >&2; exit 2; }
prefix=$1
shift
[ $# -ge 1 ] || set -- base x86-64-v3 x86-64-v4
root="${DESTDIR:-}$prefix"
built="$here/../../artifacts/native"
soname=libgraphorder.so.1

for cpu in "$@"; do
    case $cpu in
        base) folder=lib ;;
        x86-64-v3 | x86-64-v4) folder=lib/glibc-hwcaps/$cpu ;;
        *) echo "install.sh: there is no CPU '$cpu'. Known: base, x86-64-v3, x86-64-v4." >&2; exit 2 ;;
    esac
    log="$built/$cpu.log"
    mkdir -p "$built/$cpu"
    dotnet publish "$here" -c Release -p:RunAnalyzers=false "-p:GraphOrderCpu=$cpu" -o "$built/$cpu" >"$log" 2>&1 \
        || { tail -20 "$log" >&2; exit 1; }
    if grep -E 'warning (IL|AOT)' "$log" >&2; then exit 1; fi
    install -D -m 755 "$built/$cpu/libgraphorder.so" "$root/$folder/$soname"
done

# The linker's name; where there is no base copy, the loader alone finds the others.
mkdir -p "$root/lib/pkgconfig"
first=$soname
[ -e "$root/lib/$soname" ] || first=$(cd "$root/lib" && ls glibc-hwcaps/*/$soname | head -1)
ln -sfn "$first" "$root/lib/libgraphorder.so"
install -D -m 644 "$here/include/graphorder.h" "$root/include/graphorder.h"
install -D -m 644 "$here/include/goplan_check.h" "$root/include/goplan_check.h"
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' "$here/../../Directory.Build.props")
sed -e "s:@VERSION@:$version:" "$here/graphorder.pc.in" >"$root/lib/pkgconfig/graphorder.pc"
