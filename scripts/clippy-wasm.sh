#!/usr/bin/env bash
# Clippy for the page as the browser runs it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
use_wasm_toolchain
if [ "$(wasm_toolchain)" = debian ]; then
  # cargo clippy would take rustup's driver; Debian's belongs to the compiler in use. Warnings are kept apart from
  # the build's own artifacts by a target folder of their own.
  export CARGO_TARGET_DIR="$PWD/target/web-lint" RUSTC_WORKSPACE_WRAPPER=/usr/bin/clippy-driver RUSTFLAGS="-D warnings"
  cargo check --locked --target wasm32-unknown-unknown --features csr,preview,js --bins
else
  cargo clippy --locked --target wasm32-unknown-unknown --features csr,preview,js --bins -- -D warnings
fi
