# Running the tests and counting what they say. Read by build.sh.
# shellcheck shell=bash
: "${root:?is set by build.sh}"

results=$root/artifacts/tests
passed=0
failed=0
skipped=0

# Longer than all others together, and waiting for servers most of the time: it runs beside them.
beside=LettaDr.Systems.Tests

# The outcomes in a TRX file, one line a test: outcome, then name. A filter may leave none.
outcomes() {
    tr '\r\n' '  ' <"$1" | { grep -o '<UnitTestResult [^>]*>' || true; } |
        sed -E 's/.* testName="([^"]*)".*/\1\t&/; s/\t.* outcome="([^"]*)".*/\t\1/' |
        awk -F '\t' '{ print $2 "\t" $1 }' |
        sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#xD;//g; s/&#xA;/ /g; s/&amp;/\&/g'
}

# Says what the seconds since $1 are, as 5 min 3 s.
since() {
    local seconds=$((SECONDS - $1))
    if [ $seconds -lt 60 ]; then
        echo "$seconds s"
    else
        echo "$((seconds / 60)) min $((seconds % 60)) s"
    fi
}

# Also writes down how long it took: whoever waits for it may come late.
test_project() {
    local name=$1 started=$SECONDS code=0
    shift
    dotnet test "tests/$name/$name.csproj" -c Release --no-build --nologo --results-directory "$results/$name" \
        --logger "trx;LogFileName=$name.trx" --blame-hang-timeout 15m --blame-hang-dump-type none "$@" || code=$?
    since "$started" >"$results/$name/time"
    return $code
}

# A process group of its own, so that all of it can be ended together.
test_beside() {
    set -m
    test_project "$beside" "$@" >"$results/$beside/output.txt" 2>&1 &
    job=$!
    set +m
    trap end_beside EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

end_beside() {
    trap - EXIT
    kill -INT -- "-$job" 2>/dev/null || true
}

count_project() {
    local name=$1 code=$2 narrowed=$3 trx=$results/$1/$1.trx good bad none
    if [ ! -s "$trx" ]; then
        say "$name: no result file; dotnet test ended with $code"
        failed=$((failed + 1))
        problems+=("$name (no result file)")
        return
    fi
    outcomes "$trx" >"$results/$name/outcomes.tsv"
    good=$(grep -c '^Passed	' "$results/$name/outcomes.tsv" || true)
    none=$(grep -cE '^(NotExecuted|Inconclusive)	' "$results/$name/outcomes.tsv" || true)
    bad=$(($(wc -l <"$results/$name/outcomes.tsv") - good - none))
    while IFS= read -r line; do problems+=("$name: $line"); done \
        < <(grep -vE '^(Passed|NotExecuted|Inconclusive)	' "$results/$name/outcomes.tsv" | cut -f2-)
    while IFS= read -r line; do omissions+=("$name: $line"); done \
        < <(grep -E '^(NotExecuted|Inconclusive)	' "$results/$name/outcomes.tsv" | cut -f2-)
    if [ "$narrowed" = 0 ] && [ ! -s "$results/$name/outcomes.tsv" ]; then
        bad=1
        problems+=("$name (has no test that could be found)")
    fi
    # A test host that died takes the tests with it that had not run.
    if [ "$code" != 0 ] && [ "$bad" = 0 ]; then
        bad=1
        problems+=("$name (the test host ended with $code)")
    fi
    say "$name: $good passed, $bad failed, $none skipped, in $(cat "$results/$name/time")"
    passed=$((passed + good))
    failed=$((failed + bad))
    skipped=$((skipped + none))
}

# Pester is used where it is found; nothing installs it.
run_pester() {
    local counts
    if [ ! -d tests/Pester ] || ! command -v pwsh >/dev/null; then return; fi
    say 'Pester:'
    pwsh -NoProfile -NonInteractive -File build/pester.ps1 >"$results/pester.txt" 2>&1 || true
    grep -v '^pester-counts: ' "$results/pester.txt" || true
    counts=$(sed -n 's/^pester-counts: //p' "$results/pester.txt")
    if [ "$counts" = none ]; then return; fi
    if ! [[ $counts =~ ^([0-9]+)\ ([0-9]+)\ ([0-9]+)$ ]]; then
        failed=$((failed + 1))
        problems+=('Pester (no result)')
        return
    fi
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
    skipped=$((skipped + BASH_REMATCH[3]))
    if [ "${BASH_REMATCH[2]}" != 0 ]; then problems+=("Pester: ${BASH_REMATCH[2]} tests, named above"); fi
}

run_tests() {
    local project name code line summary job started=$SECONDS problems=() omissions=()
    install_engine
    build_all
    make_images
    rm -rf "$results"
    mkdir -p "$results/$beside"
    say "Testing $beside, beside the others; what it says comes after theirs"
    test_beside "$@"
    for project in tests/*.Tests/*.csproj; do
        name=$(basename "$project" .csproj)
        if [ "$name" = "$beside" ]; then continue; fi
        mkdir -p "$results/$name"
        say "Testing $name"
        code=0
        test_project "$name" "$@" || code=$?
        count_project "$name" "$code" $#
    done
    say "Waiting for $beside"
    tail -n +1 -f --pid="$job" "$results/$beside/output.txt"
    code=0
    wait "$job" || code=$?
    trap - EXIT INT TERM
    count_project "$beside" "$code" $#
    if [ $# = 0 ]; then run_pester; fi
    if [ ${#omissions[@]} != 0 ]; then
        say 'Skipped:'
        printf '  %s\n' "${omissions[@]}"
    fi
    if [ ${#problems[@]} != 0 ]; then
        say 'Failed:'
        printf '  %s\n' "${problems[@]}"
    fi
    summary="$passed passed, $failed failed"
    if [ "$skipped" != 0 ]; then summary="$summary, $skipped skipped"; fi
    code=0
    if [ "$failed" != 0 ]; then code=1; fi
    if [ $((passed + failed)) = 0 ]; then
        say 'No test ran.'
        code=1
    fi
    case ${CI:-} in
        '' | 0 | [Ff]alse) ;;
        *)
            if [ "$skipped" != 0 ]; then
                say 'In CI every test must run.'
                code=1
            fi
            ;;
    esac
    say "All of it took $(since "$started")."
    say "$summary"
    exit $code
}
