#!/usr/bin/env bash
# Clippy for the page as the browser runs it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
use_wasm_toolchain
# Not the build's folder: a build may run at the same time.
export CARGO_TARGET_DIR="$PWD/target/web-lint"
if [ "$(wasm_toolchain)" = debian ]; then
  # `cargo clippy` would use rustup's driver. Debian's belongs to the compiler in use.
  export RUSTC_WORKSPACE_WRAPPER=/usr/bin/clippy-driver RUSTFLAGS="-D warnings"
  cargo check --locked --target wasm32-unknown-unknown --no-default-features --features csr,preview,js --bins
else
  cargo clippy --locked --target wasm32-unknown-unknown --no-default-features --features csr,preview,js --bins -- -D warnings
fi
