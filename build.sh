#!/usr/bin/env bash
# Builds, tests, shows and packs LettaDr.
#
#   ./build.sh [Task] [arguments]
#
#   Build       (default) builds everything and lays the module out, so that LettaDr.psd1 can be imported from here
#   Test        installs what is missing, builds, runs every test; ends with "N passed, N failed".
#               Arguments go to dotnet test, for example: ./build.sh Test --filter FullyQualifiedName~Retention
#   Quickstart  installs what is missing, builds, and runs docs/examples/quickstart.ps1 on a throw-away Letta
#   Docs        builds the module and its help (en-US) from docs/en-US
#   Package     lays down output/LettaDr/<version> and output/LettaDr.zip, the zip that Azure Automation imports
#
# Build, Docs and Package need the .NET SDK 10. Test and Quickstart need Linux with Docker as well; on Debian and Ubuntu, as
# root, they install and start what is missing.
set -euo pipefail
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# A build node that outlives the build holds its folders, and the pipe of whoever reads our output.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# A login without the administrator's folders still finds what lies there.
export PATH=$PATH:/usr/sbin:/sbin
unset CDPATH

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
cd "$root"
exec </dev/null

say() { printf '%s\n' "$*"; }
die() {
    printf 'build: %s\n' "$*" >&2
    exit 1
}
usage() { sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "$root/build.sh"; }

. build/machine.sh
. build/solution.sh
. build/tests.sh
. build/package.sh

run_quickstart() {
    local console=$artifacts/bin/LettaDr.Console/release/lettadr
    install_engine
    build_product
    make_images postgres redis letta-stand-in
    "$console" -NonInteractive -File "$root/docs/examples/quickstart.ps1" "$@"
}

task=Build
if [ $# -gt 0 ]; then
    task=$1
    shift
fi
lower=$(printf '%s' "$task" | tr '[:upper:]' '[:lower:]')
case $lower in
    build | docs | package)
        if [ $# -gt 0 ]; then die "the task $task takes no arguments, but got: $*"; fi
        ;;
esac
case $lower in
    build | test | quickstart | docs | package) find_dotnet ;;
esac
case $lower in
    build) build_all ;;
    test) run_tests "$@" ;;
    quickstart) run_quickstart "$@" ;;
    docs) build_docs ;;
    package) make_package ;;
    help | --help | -h | '-?') usage ;;
    *)
        usage >&2
        die "there is no task '$task'"
        ;;
esac
