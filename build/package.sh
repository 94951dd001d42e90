# The folder that an installation lays down, and the zip for Azure Automation. Read by build.sh.
# shellcheck shell=bash
: "${root:?is set by build.sh}" "${artifacts:?is set by solution.sh}"

manifest_version() { sed -nE "s/^[[:space:]]*ModuleVersion[[:space:]]*=[[:space:]]*['\"]([^'\"]+)['\"].*/\1/p" LettaDr.psd1; }
props_version() { sed -nE 's:.*<Version>([^<]+)</Version>.*:\1:p' src/Directory.Build.props; }
size_of() { du -sk "$1" | awk '{ printf "%.1f MB", $1 / 1024 }'; }

copy_module() {
    local to=$1 item
    mkdir -p "$to"
    for item in LettaDr.psd1 LICENSE README.md CHANGELOG.md module en-US; do
        [ -e "$item" ] || die "$item is missing: it belongs into the package"
        cp -R "$item" "$to/"
    done
    find "$to" -name '*.pdb' -exec rm -f {} +
}

make_package() {
    local version longest zip=$root/output/LettaDr.zip stage=$artifacts/package
    build_product
    version=$(manifest_version)
    [ "$version" = "$(props_version)" ] ||
        die "LettaDr.psd1 says version '$version' but src/Directory.Build.props says '$(props_version)': make them one"
    rm -rf "$root/output" "$stage"
    copy_module "$root/output/LettaDr/$version"
    # Azure Automation wants one folder of the module's name, without a version, in a zip of the same name.
    copy_module "$stage/LettaDr"
    dotnet msbuild build/zip.proj -nologo -verbosity:quiet "-p:From=$stage" "-p:To=$zip"
    # It cannot import a module with a path of more than 140 characters.
    longest=$(cd "$stage" && find . -type f | awk '{ n = length($0) - 2; if (n > m) m = n } END { print m }')
    [ "$longest" -le 140 ] || die "a path of $longest characters is in the package; Azure Automation takes 140"
    say "output/LettaDr/$version: $(size_of "$root/output/LettaDr/$version"), $(find "$root/output/LettaDr/$version" -type f | wc -l | tr -d ' ') files"
    say "output/LettaDr.zip: $(size_of "$zip")"
}
