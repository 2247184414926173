#!/usr/bin/env bash
# Times the engine as the page runs it: scripts/bench-wasm.sh [profile], where the profile is web (as shipped) or release.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
CHROME=$(find_browser)
export CHROME
scripts/engine-wasm.sh "${1:-web}"
node benches/browser/run.mjs
