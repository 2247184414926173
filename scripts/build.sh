#!/usr/bin/env bash
# Builds the page into dist/, in release mode. What Trunk does not do is done by its hook, scripts/finish.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/wasm-env.sh
use_wasm_toolchain
trunk build --release --skip-version-check "$@"
