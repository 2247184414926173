#!/usr/bin/env bash
# Runs the tests of the built page in three browsers, or in those that are named, with node's own options after them:
#   scripts/test-browser.sh [chromium] [firefox] [webkit] [--test-name-pattern=postpaid]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
CHROME=$(find_browser)
FIREFOX=$(find_firefox)
WEBKIT=$(find_webkit)
export CHROME FIREFOX WEBKIT

browsers=()
while [[ ${1:-} =~ ^(chromium|firefox|webkit)$ ]]; do
  browsers+=("$1")
  shift
done
[ ${#browsers[@]} -gt 0 ] || browsers=(chromium firefox webkit)

# Files run two at a time; none may take longer than this, however it hangs.
options=(--test-reporter=spec --test-concurrency=2 --test-timeout=240000 "$@")
pages=()
for file in tests/browser/*.test.mjs tests/embed/*.test.mjs; do
  [ "$file" = tests/browser/webkit.test.mjs ] || pages+=("$file")
done

failed=()
for browser in "${browsers[@]}"; do
  printf '\033[1m== the page in %s\033[0m\n' "$browser"
  case $browser in
    webkit) node --test "${options[@]}" tests/browser/webkit.test.mjs || failed+=(webkit) ;;
    *) BROWSER=$browser node --test "${options[@]}" "${pages[@]}" || failed+=("$browser") ;;
  esac
done
[ ${#failed[@]} -eq 0 ] || { echo "The page failed in: ${failed[*]}" >&2; exit 1; }
