# Building, and laying the module out where the manifest expects it. Read by build.sh.
# shellcheck shell=bash
: "${root:?is set by build.sh}"

artifacts=$root/artifacts
module_bin=$root/module/bin/net8.0

restore() {
    retry dotnet restore "$1" --verbosity quiet || die "the packages of $1 could not be restored"
}

# Published beside, then put in place: a build that fails leaves the module as it was, and no file of an older one stays.
lay_out_module() {
    local published=$artifacts/publish/LettaDr.Cmdlets/release
    rm -rf "$published"
    dotnet publish src/LettaDr.Cmdlets -c Release --no-build --nologo --verbosity quiet
    if [ ! -s "$published/LettaDr.dll" ] || [ ! -s "$published/LettaDr.Cmdlets.dll" ]; then
        die "the module's assemblies were not published to $published"
    fi
    rm -rf "$module_bin" "$module_bin.new"
    mkdir -p "$(dirname "$module_bin")"
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
build_product() { build_projects LettaDr.Cmdlets LettaDr.Help LettaDr.Console; }

build_docs() {
    build_projects LettaDr.Cmdlets LettaDr.Help
    say "help: $root/en-US"
}
