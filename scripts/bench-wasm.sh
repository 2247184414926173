#!/usr/bin/env bash
# Times the planner as the page runs it: scripts/bench-wasm.sh [profile], where the profile is web (as shipped) or release.
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${1:-web}
. scripts/wasm-env.sh
browser=$(find_browser)
use_wasm_toolchain
cargo build --locked --profile "$profile" --target wasm32-unknown-unknown --features js --example planner_in_browser
out=target/bench-wasm
mkdir -p "$out"
wasm-bindgen --target web --no-typescript --out-dir "$out" "$CARGO_TARGET_DIR/wasm32-unknown-unknown/$profile/examples/planner_in_browser.wasm"
echo '<!doctype html><title>benchmark</title><link rel="icon" href="data:," />' >"$out/index.html"
CHROME=$browser node benches/browser/run.mjs
