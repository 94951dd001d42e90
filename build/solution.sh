# Building, and laying the module out where the manifest expects it. Read by build.sh.
# shellcheck shell=bash
: "${root:?is set by build.sh}"

artifacts=$root/artifacts
module_bin=$root/module/bin

restore() {
    retry dotnet restore "$1" --verbosity quiet || die "the packages of $1 could not be restored"
}

# Published beside, then put in place: a build that fails leaves the module as it was, and no file of an older one stays.
lay_out_module() {
    local published=$artifacts/publish/LettaDr.Module/release/ kind
    rm -rf "$published"
    dotnet msbuild src/LettaDr.Module -t:LayOut -p:Configuration=Release "-p:ModuleBin=$published" -nologo -verbosity:quiet
    for kind in net8.0 linux-x64; do
        if [ ! -s "$published$kind/LettaDr.dll" ] || [ ! -s "$published$kind/LettaDr.Cmdlets.dll" ]; then
            die "the module's assemblies were not published to $published$kind"
        fi
    done
    rm -rf "$module_bin" "$module_bin.new"
    cp -R "$published" "$module_bin.new"
    mv "$module_bin.new" "$module_bin"
}

make_help() {
    dotnet run --project src/LettaDr.Help -c Release --no-build --no-launch-profile -- "$root/docs/en-US" "$root/en-US"
}

build_all() {
    restore LettaDr.sln
    dotnet build LettaDr.sln -c Release --no-restore --nologo --verbosity minimal
    lay_out_module
    make_help
}

build_projects() {
    local project
    for project in "$@"; do
        restore "src/$project"
        dotnet msbuild "src/$project" -p:Configuration=Release -nologo -verbosity:quiet
    done
    lay_out_module
    make_help
}

# What a user gets, without the tests.
build_product() { build_projects LettaDr.Module LettaDr.Help LettaDr.Console; }

build_docs() {
    build_projects LettaDr.Module LettaDr.Help
    say "help: $root/en-US"
}
