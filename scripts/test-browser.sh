#!/usr/bin/env bash
# Runs the tests of the built page in three browsers, or in the named ones. Parts of file names and node's own options may
# follow:
#   scripts/test-browser.sh [chromium] [firefox] [webkit] [form] [--test-name-pattern=postpaid]
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
CHROME=$(find_test_browser)
FIREFOX=$(find_firefox)
WEBKIT=$(find_webkit)
export CHROME FIREFOX WEBKIT
exec node tests/browser/run.mjs "$@"
