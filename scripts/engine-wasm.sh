#!/usr/bin/env bash
# Builds the engine alone for a browser, into target/engine-wasm, for its benchmark and for the test of its floats:
#   scripts/engine-wasm.sh [profile]    web (as shipped, the default) or release
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${1:-web}
. scripts/wasm-env.sh
use_wasm_toolchain
cargo build --locked --profile "$profile" --target wasm32-unknown-unknown --no-default-features --features js --example engine_in_browser
out=target/engine-wasm
mkdir -p "$out"
wasm-bindgen --target web --no-typescript --out-dir "$out" "$CARGO_TARGET_DIR/wasm32-unknown-unknown/$profile/examples/engine_in_browser.wasm"
echo '<!doctype html><title>The engine</title><link rel="icon" href="data:," />' >"$out/index.html"
