# The compiler for wasm32 with its environment, and the paths of the browsers. To be sourced from the project's folder.
# shellcheck shell=bash

# The wasm features of all supported browsers, for wasm-opt. index.html lists the same for Trunk.
WASM_FEATURES="--enable-bulk-memory --enable-mutable-globals --enable-multivalue --enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext"

# Cargo's options for the program that makes sites. `make test` sets its profile and shares its library with the tests.
SITE_BUILDER="--locked --profile ${SITE_BUILDER_PROFILE:-dev} --features ssr,preview --bin callmix"

# Prints rustup, debian or none. CALLMIX_WASM=debian selects Debian's compiler even if rustup has the target.
wasm_toolchain() {
  if [ "${CALLMIX_WASM:-}" != debian ] && [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" ]; then
    echo rustup
  elif [ -x /usr/bin/rustc ] && [ -d "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library/std" ] && [ -n "$(rust_lld)" ]; then
    echo debian
  else
    echo none
  fi
}

rust_lld() {
  find "$(rustc --print sysroot)/lib/rustlib" -name rust-lld -type f 2>/dev/null | head -n 1
}

# For building the page. Native builds must not see these variables.
use_wasm_toolchain() {
  export PATH="$PWD/target/tools/bin:$PWD/target/tools/node/node_modules/.bin:$PATH"
  export CARGO_TARGET_DIR="$PWD/target/web"
  if [ "$(wasm_toolchain)" = debian ]; then
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$(rust_lld)
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
    export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort
  fi
}

use_native_toolchain() {
  unset RUSTC RUSTC_BOOTSTRAP CARGO_UNSTABLE_BUILD_STD CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER CARGO_TARGET_DIR
}

# Each prints the path of a browser, or nothing. CHROME, FIREFOX and WEBKIT (a MiniBrowser) override it.
find_browser() {
  first_command "${CHROME:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" chromium-headless-shell
}

# Chromium without its window, which opens a page in a quarter of the time: for tests, but not for measurements.
find_test_browser() {
  first_command "${CHROME:-}" chromium-headless-shell "$(find_browser)"
}

find_firefox() {
  first_command "${FIREFOX:-}" firefox-esr firefox "/Applications/Firefox.app/Contents/MacOS/firefox"
}

# WebKitGTK needs its driver and a virtual screen.
find_webkit() {
  command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null || return 0
  first_command "${WEBKIT:-}" /usr/lib/*/webkit2gtk-4.1/MiniBrowser /usr/lib/*/webkitgtk-6.0/MiniBrowser \
    /usr/libexec/webkit2gtk-4.1/MiniBrowser /usr/libexec/webkitgtk-6.0/MiniBrowser
}

first_command() { # candidates...
  for candidate in "$@"; do
    [ -n "$candidate" ] && command -v "$candidate" && return
  done
  return 0
}
