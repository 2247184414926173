# Pinned versions of the tools that neither Cargo.lock nor tests/browser/package-lock.json pins, and Debian packages.
# shellcheck shell=sh disable=SC2034
TRUNK_VERSION=0.21.14
# The command line tool must have the crate's version, which Cargo.toml pins.
WASM_BINDGEN_VERSION=$(sed -n 's/^wasm-bindgen = { version = "=\([0-9.]*\)".*/\1/p' Cargo.toml)
# If rustup cannot add the wasm32 target, Debian's compiler builds it together with std from source.
DEBIAN_WASM_PACKAGES="rustc-web rust-web-src"
DEBIAN_WASM_LINT_PACKAGES="rust-web-clippy"
# The tests prefer Chromium without its window; the measurements need a whole Chromium. Older releases have no such package.
DEBIAN_BROWSER_PACKAGES="chromium-headless-shell"
DEBIAN_OTHER_BROWSER_PACKAGES="chromium"
DEBIAN_FIREFOX_PACKAGES="firefox-esr"
DEBIAN_WEBKIT_PACKAGES="webkit2gtk-driver xvfb"
