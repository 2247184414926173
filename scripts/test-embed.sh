#!/usr/bin/env bash
# Opens the documentation sites in Chromium, all of them, and two in Firefox: one that loads each page anew, and one that
# does not.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
CHROME=$(find_browser)
FIREFOX=$(find_firefox)
export CHROME FIREFOX
scripts/embed-sites.sh
options=(--test-reporter=spec --test-timeout=240000 "$@")
BROWSER=chromium node --test "${options[@]}" tests/embed/sites/sites.test.mjs
SITES=mdbook,mkdocs BROWSER=firefox node --test "${options[@]}" tests/embed/sites/sites.test.mjs
