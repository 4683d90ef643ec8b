# Shared by ./clientele and ./dev: checks what must be there, restores and builds what is out of date.
# shellcheck shell=bash disable=SC2034
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cache="$here/.cache"
app="$here/src/Clientele.Cli/bin/Release/net10.0/Clientele.Cli.dll"

fail() { printf 'clientele: %s\n' "$1" >&2; exit 1; }

need_dotnet() {
    command -v dotnet >/dev/null || fail "The .NET SDK is missing. Install .NET 10 (https://dotnet.microsoft.com/download) and put 'dotnet' on the PATH."
    dotnet --list-sdks | grep -q '^1[0-9]\.' || fail "The .NET SDK here is older than 10. Install .NET 10 (https://dotnet.microsoft.com/download); 'dotnet --list-sdks' shows what there is."
}

# The SQL engine and the charts come as npm packages, pinned and checked by package-lock.json; what only tests need, with './dev'.
need_packages() {
    local stamp="$here/node_modules/.clientele" omit=${1:-}
    if [ -f "$stamp" ] && cmp -s "$here/package-lock.json" "$stamp" && { [ -n "$omit" ] || [ -d "$here/node_modules/s3rver" ]; }; then return; fi
    command -v npm >/dev/null || fail "npm is missing. Install Node.js 20 or newer (https://nodejs.org), which brings it."
    printf 'Fetching the SQL engine and the charts (once, about 600 MB on disk) …\n' >&2
    (cd "$here" && npm ci --no-audit --no-fund --loglevel=error $omit) >"$cache/npm.log" 2>&1 ||
        fail "npm could not fetch its packages. Check the network and 'npm config get registry'; what npm said is in .cache/npm.log: $(grep -m1 -iE 'err|ENO|ETIME' "$cache/npm.log" || tail -n 1 "$cache/npm.log")"
    cp "$here/package-lock.json" "$stamp"
}

# Builds a project in Release; what the compiler said is shown only when it failed.
build() {
    if ! dotnet build "$1" -c Release -v quiet >"$cache/build.log" 2>&1; then
        grep -qE 'NU1[0-9]{3}|Unable to load the service index' "$cache/build.log" &&
            fail "NuGet packages could not be restored. Check the network and 'dotnet nuget list source'; the first error: $(grep -m1 -E 'NU1[0-9]{3}|service index' "$cache/build.log")"
        grep -E 'error' "$cache/build.log" | sort -u | head -n 20 >&2
        fail "The build failed; all that was said is in .cache/build.log."
    fi
}

# Nothing to do is decided by file times alone, so that a second call is at work at once.
prepare_app() {
    mkdir -p "$cache"
    local built="$cache/built"
    if [ -f "$built" ] && [ -f "$app" ] && [ -f "$here/node_modules/.clientele" ] &&
        [ -z "$(find "$here/src" "$here/package-lock.json" "$here"/Directory.*.props -newer "$built" -type f -not -path '*/bin/*' -not -path '*/obj/*' -print -quit)" ]; then
        command -v dotnet >/dev/null || need_dotnet
        return
    fi
    need_dotnet
    exec 9>"$cache/lock"
    command -v flock >/dev/null && flock 9
    need_packages --omit=dev
    printf 'Building Clientele …\n' >&2
    touch "$built.new"
    build "$here/src/Clientele.Cli/Clientele.Cli.csproj"
    mv "$built.new" "$built"
    exec 9>&-
}
