#!/usr/bin/env bash
# The built page as it will be once prices have changed, into target/earlier-page, for the tests: it knows an earlier
# price book too. Only the app is built again.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
use_wasm_toolchain
out=target/earlier-page
rm -rf "$out"
cp -r dist "$out"
cargo build --locked --profile web --target wasm32-unknown-unknown --no-default-features --features csr,earlier-book --bin callmix-app
app=("$out"/app-*)
wasm-bindgen --target web --no-typescript --out-name callmix-app --out-dir "${app[0]}" "$CARGO_TARGET_DIR/wasm32-unknown-unknown/web/callmix-app.wasm"
