# shellcheck shell=bash
# What app/run and tests/run share: packages, then configuration, then the build.
# All words go to standard error, so that standard output belongs to the program.

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
cores=$(nproc)

# Qt wants UTF-8, and a base system may have no other locale that offers it.
[ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8

say() { printf '%s\n' "$*" >&2; }

# Every refusal ends the same way, whether the script or the program has to say it.
stop() {
    say "$*"
    exit 2
}

# The packages that a preset builds with, by Debian's names.
packages_for() {
    local version
    echo g++ cmake ninja-build
    case $1 in
        bench)
            echo libbenchmark-dev libboost-dev qt6-base-dev qcoro-qt6-dev python3 python3-uvloop
            return
            ;;
    esac
    case $1 in release | bench-ui) ;; *) echo catch2 nlohmann-json3-dev python3 ;; esac
    case $1 in core-clang) echo clang-16 libclang-rt-16-dev ;; esac
    case $1 in core*|tsan) return ;; esac
    echo qt6-base-dev qt6-svg-dev qcoro-qt6-dev libcli11-dev nlohmann-json3-dev
    echo pkg-config libgif-dev libwebp-dev
    echo fonts-inter fonts-jetbrains-mono
    # Debian 13 ships the icon engine for SVG apart from its library.
    # shellcheck source=/dev/null
    version=$(. /etc/os-release && [ "$ID" = debian ] && echo "${VERSION_ID:-99}") || version=0
    if [ "$version" -ge 13 ]; then echo qt6-svg-plugins; fi
    if [ -n "${WAYLAND_DISPLAY-}" ] && [ -z "${DISPLAY-}" ]; then echo qt6-wayland; fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# Runs apt-get without a question or a terminal. Its talk goes to the log, its progress to the
# screen; the two must not share a pipe, since apt makes the one for progress non-blocking.
quiet_apt_get() {
    local kind percent shown=''
    # shellcheck disable=SC2016 # the inner shell's arguments, not ours
    as_root env LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a \
        APT_LISTCHANGES_FRONTEND=none sh -c 'exec apt-get "$@" 3>&1 >&2' apt-get \
        -y -q -o APT::Status-Fd=3 -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Options::=--force-confold -o Acquire::http::Timeout=20 -o Acquire::Retries=1 "$@" \
        </dev/null 2>>"$log" | while IFS=: read -r kind _ percent _; do
        case $kind in
            dlstatus) kind=downloading ;;
            pmstatus) kind=installing ;;
            *) continue ;;
        esac
        [ "$1" = install ] || continue # an update is over too soon for percents
        percent=${percent%%.*}
        case $percent in '' | *[!0-9]*) continue ;; esac
        if [ -t 2 ]; then
            printf '\r\033[K  %s %s %%\r' "$kind" "$percent" >&2
        elif [ "$kind$((percent / 25))" != "$shown" ]; then
            shown=$kind$((percent / 25))
            say "  $kind $((percent / 25 * 25)) %"
        fi
    done
    local result=${PIPESTATUS[0]}
    if [ -t 2 ]; then printf '\r\033[K' >&2; fi
    return "$result"
}

# Installs those of a preset's packages that are missing, or stops with the reason.
install_packages() {
    local wanted missing='' package by_hand log
    read -r -d '' -a wanted < <(packages_for "$1" | tr ' ' '\n' | sort -u) || true

    if ! command -v dpkg-query apt-get >/dev/null; then
        for package in c++ cmake ninja; do
            command -v "$package" >/dev/null || missing="$missing $package"
        done
        [ -z "$missing" ] || stop "This is not Debian, so nothing was installed; please install$missing (and Qt 6.4 or later with its Svg module, QCoro, CLI11, nlohmann_json, giflib and libwebp), then run this again."
        return
    fi

    # dpkg-query fails when it has never heard of one of them; what it prints is what counts.
    local installed
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null |
        sed -n 's/^installed //p') || true
    for package in "${wanted[@]}"; do
        case $'\n'$installed$'\n' in *$'\n'"$package"$'\n'*) ;; *) missing="$missing $package" ;; esac
    done
    [ -n "$missing" ] || return 0
    missing=${missing# }

    by_hand="apt-get install --no-install-recommends $missing"
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            stop "Packages are missing, and installing them needs root: run  su -c '$by_hand'  and then this again."
        sudo -n true 2>/dev/null ||
            stop "Packages are missing, and installing them needs your password: run  sudo $by_hand  and then this again."
    fi

    log=$(mktemp "${TMPDIR:-/tmp}/loopscope-install.XXXXXX")
    say "Installing from Debian: $missing"
    local reached=yes
    quiet_apt_get update -o APT::Update::Error-Mode=any || reached=no
    for package in $missing; do
        if [ -z "$(apt-cache --no-all-versions show "$package" 2>/dev/null)" ]; then
            [ $reached = yes ] ||
                stop "Debian's packages cannot be reached, and these are missing: $missing; connect to the network (or mend /etc/apt/sources.list), then run this again. apt's own words are in $log."
            stop "Debian's package $package is not on offer here: Loopscope needs Debian 12 or 13 with the section \"main\" in /etc/apt/sources.list."
        fi
    done
    # shellcheck disable=SC2086 # a list of package names
    if ! quiet_apt_get install --no-install-recommends $missing; then
        if [ $reached = no ] || grep -q '^E: Failed to fetch' "$log"; then
            stop "Debian's packages cannot be reached, and these are missing: $missing; connect to the network (or mend /etc/apt/sources.list), then run this again. apt's own words are in $log."
        fi
        grep '^E: ' "$log" >&2 || true
        stop "apt-get could not install what is missing ($missing); its own words are in $log."
    fi
    rm -f "$log"
}

# Whether this user may build in a folder: it, or what has to be made of it, can be written to.
can_build_in() {
    mkdir -p "$1" 2>/dev/null && [ -w "$1" ] && { [ ! -e "$1/build.ninja" ] || [ -w "$1/build.ninja" ]; }
}

# Configures and builds a preset, in no time when it is up to date, and leaves its folder in $folder:
# build/<preset>, or one in the user's cache where the checkout is somebody else's.
build() {
    local preset=$1 memory jobs
    shift
    folder=$root/build/$preset
    if ! can_build_in "$folder"; then
        folder=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}/loopscope/$preset
        can_build_in "$folder" ||
            stop "Neither $root/build nor $folder can be written to: copy this checkout to a folder of yours and run it there."
    fi

    # Two runs at the same time would build into each other's files.
    exec 9>"$folder/lock"
    flock -n 9 || { say "Waiting for another build in $folder ..." && flock 9; }

    # A checkout that moved and a new compiler both want a fresh start.
    local now before=''
    now="$root $("${CXX:-c++}" -dumpfullversion 2>/dev/null || true)"
    [ ! -f "$folder/configured" ] || before=$(<"$folder/configured")
    if [ "$now" != "$before" ] || [ ! -f "$folder/build.ninja" ] ||
        [ "$root/CMakePresets.json" -nt "$folder/configured" ]; then
        say "Configuring $folder ..."
        local fresh=()
        [ "$now" = "$before" ] || fresh=(--fresh)
        (cd "$root" && cmake "${fresh[@]}" --preset "$preset" -B "$folder") >"$folder/configure.log" 2>&1 9>&- || {
            rm -f "$folder/configured"
            cat "$folder/configure.log" >&2
            stop "The build could not be configured: CMake's reason stands above."
        }
        printf '%s\n' "$now" >"$folder/configured"
    fi

    # A compiler may take a gigabyte for one file of coroutines and widgets.
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1000000) }' /proc/meminfo 2>/dev/null || true)
    jobs=$cores
    if [ "${memory:-$jobs}" -lt "$jobs" ]; then jobs=$((memory > 1 ? memory : 1)); fi

    if [ "$(ninja -C "$folder" -n "$@" 2>/dev/null | tail -n 1)" != 'ninja: no work to do.' ]; then
        say "Building $folder with $jobs at a time; the first time takes some minutes ..."
        ninja -C "$folder" -j "$jobs" "$@" >&2 9>&- ||
            stop "The build failed: the first error stands above."
    fi
    exec 9>&-
}
