#!/usr/bin/env bash
# Builds the kernel that the tests boot, on any Debian machine: the unmodified source package linux-source-7.3 of
# trixie-backports from the mirror that this machine's apt uses, with liveupdate.config from beside this file.
#
#     tests/kernel/build-kernel.sh [FOLDER]       FOLDER: artifacts/kernel/build
#
# apt works on lists of its own in FOLDER: the system's lists and packages stay as they are, and nothing is
# installed. The last line says what to put into GRAPHORDER_KERNEL. Exit 3: something is not here or not served.
# GRAPHORDER_MIRROR names another mirror, GRAPHORDER_SUITE another suite, GRAPHORDER_SOURCE another package;
# GRAPHORDER_MIRROR_TRUSTED=1 takes that one unsigned, which the tests do with a stand-in.
# GRAPHORDER_ONLY_LOOK=1 ends when the package is found.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
folder="${1:-$here/../../artifacts/kernel/build}"
suite="${GRAPHORDER_SUITE:-trixie-backports}"
package="${GRAPHORDER_SOURCE:-linux-source-7.3}"
keyring="/usr/share/keyrings/debian-archive-keyring.gpg"

refuse() {
    echo "build-kernel.sh: $1" >&2
    exit 3
}

demand() {
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || refuse "$program is missing; install it and run this again."
    done
}

demand apt-get apt-cache dpkg-deb
if [ -z "${GRAPHORDER_ONLY_LOOK:-}" ]; then
    demand make gcc flex bison bc perl lz4 tar xz
    gcc -E - <<<'#include <gelf.h>' >/dev/null 2>&1 || refuse "gelf.h is missing; install libelf-dev and run this again."
fi

mirror="${GRAPHORDER_MIRROR:-}"
if [ -z "$mirror" ]; then
    # The archive itself is the first whose address ends as Debian's does; security and ports end otherwise.
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m1 -E '/debian/?$' || true)
fi
[ -n "$mirror" ] || refuse "the apt sources of this machine name no Debian archive; name one in GRAPHORDER_MIRROR."

mkdir -p "$folder"/{lists/partial,cache/archives/partial,empty}
folder="$(cd "$folder" && pwd)"
signed=""
[ ! -f "$keyring" ] || signed="[signed-by=$keyring] "
[ -z "${GRAPHORDER_MIRROR_TRUSTED:-}" ] || signed="[trusted=yes] "
echo "deb $signed$mirror $suite main" >"$folder/sources.list"
options=(
    -o "Dir::Etc::sourcelist=$folder/sources.list" -o "Dir::Etc::sourceparts=$folder/empty"
    -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder/cache" -o "APT::Sandbox::User=$(id -un)"
    -o "APT::Update::Error-Mode=any" -o "Acquire::Languages=none" -o "Acquire::Retries=2"
    -o "Acquire::http::Timeout=30"
)
apt-get "${options[@]}" -q update >"$folder/update.log" 2>&1 \
    || refuse "the mirror of this machine does not serve $suite ($(grep -m1 '^[EW]:' "$folder/update.log"))."
apt-cache "${options[@]}" show "$package" >/dev/null 2>&1 \
    || refuse "$suite on the mirror of this machine has no package $package."
version=$(apt-cache "${options[@]}" show "$package" | sed -n 's/^Version: //p' | head -1)
echo "$package $version"
[ -z "${GRAPHORDER_ONLY_LOOK:-}" ] || exit 0

cd "$folder"
rm -rf "$package"_*.deb unpacked source
apt-get "${options[@]}" -q download "$package=$version" >download.log 2>&1 \
    || refuse "the mirror of this machine does not give out $package $version ($(grep -m1 '^[EW]:' download.log))."
dpkg-deb -x "$package"_*.deb unpacked >unpack.log 2>&1 && [ -f "unpacked/usr/src/$package.tar.xz" ] \
    || refuse "what the mirror gave as $package $version holds no usr/src/$package.tar.xz; try another mirror."
mkdir source
tar -xf "unpacked/usr/src/$package.tar.xz" -C source --strip-components=1
make -C source O="$folder/objects" ARCH=x86 KCONFIG_ALLCONFIG="$here/liveupdate.config" allnoconfig
make -C source O="$folder/objects" ARCH=x86 -j "$(nproc)" bzImage
cp objects/arch/x86/boot/bzImage "$folder/bzImage"
echo "GRAPHORDER_KERNEL=$folder/bzImage"
