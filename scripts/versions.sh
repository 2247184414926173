# The pinned versions of everything that is not a crate of Cargo.lock or a package of tests/browser/package-lock.json.
# shellcheck shell=sh disable=SC2034
TRUNK_VERSION=0.21.14
# The command line tool must be of the same version as the crate, so the crate's own pin is what is read.
WASM_BINDGEN_VERSION=$(sed -n 's/^wasm-bindgen = { version = "=\([0-9.]*\)".*/\1/p' Cargo.toml)
# Where rustup cannot add the wasm32 target, Debian's compiler builds it together with std from source.
DEBIAN_WASM_PACKAGES="rustc-web rust-web-src"
DEBIAN_WASM_LINT_PACKAGES="rust-web-clippy"
DEBIAN_BROWSER_PACKAGES="chromium"
DEBIAN_FIREFOX_PACKAGES="firefox-esr"
DEBIAN_WEBKIT_PACKAGES="webkit2gtk-driver xvfb"
