#!/usr/bin/env bash
# What action.yml runs: `driverentry check` with the inputs of the action, which are in the environment as INPUT_NAME.
# Works with the bash of Windows and macOS runners, too.
set -euo pipefail

fail() {
  printf '::error title=DriverEntry::%s\n' "$1"
  exit 2
}

args=(check --format=github "--fail-on=${INPUT_FAIL_ON:-warning}")
# option NAME TEXT: NAME=LINE for every line of the text that is not blank.
option() {
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    [[ $line =~ ^[[:space:]]*$ ]] || args+=("$1$line")
  done <<<"$2"
}

# Where the package goes: never into the checkout, whose .npmrc may name another registry.
home="${RUNNER_TEMP:-${TMPDIR:-/tmp}}/driverentry-action"

action=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
command -v node >/dev/null && command -v npm >/dev/null ||
  fail 'there is no Node on this runner; add a step with actions/setup-node before this one'
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  fail "Node $(node --version) is too old; add a step with actions/setup-node and 20.19 or newer before this one"

version=${INPUT_VERSION:-$(cd "$action" && node -p 'require("./package.json").version')}
case $version in
/*.tgz | [A-Za-z]:*.tgz) package=$version ;;
*.tgz) package=$PWD/$version ;;
*[!0-9A-Za-z.+-]*) fail 'the input version is a version such as 0.1.0, or the path of a .tgz file' ;;
*) package=driverentry@$version ;;
esac
rm -rf "$home"
mkdir -p "$home"
printf '{ "private": true }\n' >"$home/package.json"
(cd "$home" && npm install --no-save --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error "$package" >&2) ||
  fail "the package $package cannot be installed; the lines above say why"

option --configuration= "${INPUT_CONFIGURATION:-}"
option --define= "${INPUT_DEFINE:-}"
option --rule= "${INPUT_RULE:-}"
option --exclude= "${INPUT_EXCLUDE:-}"
option --baseline= "${INPUT_BASELINE:-}"
option --sarif-file= "${INPUT_SARIF_FILE:-}"
if [ "${INPUT_SUMMARY:-true}" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  args+=("--summary=$GITHUB_STEP_SUMMARY")
fi
option '' "${INPUT_ARGS:-}"
args+=(--)
option '' "${INPUT_PATH:-.}"

code=0
node "$home/node_modules/driverentry/dist/cli.js" "${args[@]}" || code=$?

if [ -n "${GITHUB_OUTPUT:-}" ]; then
  printf 'exit-code=%s\n' "$code" >>"$GITHUB_OUTPUT"
  # Without a file, as after wrong usage, a step that uploads it has nothing to do.
  if [ -f "${INPUT_SARIF_FILE:-}" ]; then printf 'sarif-file=%s\n' "$INPUT_SARIF_FILE" >>"$GITHUB_OUTPUT"; fi
fi
exit "$code"
