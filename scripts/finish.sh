#!/usr/bin/env bash
# Trunk's last step, on the folder that becomes target/parts: builds the other wasm modules, and makes the files into the web
# parts of any site.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
use_wasm_toolchain
dist=${TRUNK_STAGING_DIR:?is set by Trunk}

# Builds a binary of the crate as a JavaScript module.
module() { # binary, features, folder, name
  cargo build --locked --profile web --target wasm32-unknown-unknown --no-default-features --features "$2" --bin "$1"
  wasm-bindgen --target web ${5:-} --out-name "$4" --out-dir "$dist/$3" "$CARGO_TARGET_DIR/wasm32-unknown-unknown/web/$1.wasm"
  # The next module compiles meanwhile.
  # shellcheck disable=SC2086
  wasm-opt -Oz $WASM_FEATURES --strip-debug "$dist/$3/$4_bg.wasm" -o "$dist/$3/$4_bg.wasm" &
  optimizing+=($!)
}
optimizing=()

# The app, which loads after the first answer, and the engine for JavaScript.
module callmix-app csr app callmix-app --no-typescript
module callmix-engine js engine callmix

for job in "${optimizing[@]}"; do wait "$job"; done
node scripts/embed.mjs "$dist"
node scripts/parts.mjs "$dist"
