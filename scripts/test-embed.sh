#!/usr/bin/env bash
# Opens the documentation sites: all of them in Chromium, two in Firefox, of which one loads every page and the other
# replaces its content.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
CHROME=$(find_test_browser)
FIREFOX=$(find_firefox)
export CHROME FIREFOX
scripts/embed-sites.sh
BROWSER=firefox SITES=mdbook,mkdocs node --test-reporter=spec "$@" tests/embed/sites/sites.test.mjs &
firefox=$!
BROWSER=chromium node --test-reporter=spec "$@" tests/embed/sites/sites.test.mjs
wait $firefox
