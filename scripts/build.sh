#!/usr/bin/env bash
# Builds the page into dist/, in release mode.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
use_wasm_toolchain
trunk build --release --skip-version-check "$@"

# The engine by itself: for JavaScript, and for what the page fetches only when it is asked for.
cargo build --locked --profile web --target wasm32-unknown-unknown --features js --bin callmix-engine
wasm-bindgen --target web --out-name callmix --out-dir dist/engine "$CARGO_TARGET_DIR/wasm32-unknown-unknown/web/callmix-engine.wasm"
# What browsers have; all features would write imports in a form that they do not read yet.
features=(bulk-memory mutable-globals multivalue nontrapping-float-to-int reference-types sign-ext)
wasm-opt -Oz "${features[@]/#/--enable-}" --strip-debug dist/engine/callmix_bg.wasm -o dist/engine/callmix_bg.wasm

# The compact view, the element for other pages and what belongs to them.
node scripts/embed.mjs
