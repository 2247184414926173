#!/usr/bin/env bash
# Installs what is missing, and nothing else:
#   scripts/setup.sh build    what building the page needs (the wasm32 target, trunk, wasm-bindgen, wasm-opt)
#   scripts/setup.sh test     that, and what the tests need (a linter for wasm32, three browsers)
#   scripts/setup.sh embed    that, and the generators of documentation sites, under target/embed/tools
# Tools are put under target/tools. System packages are installed only as root on Debian; elsewhere the command is printed.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/versions.sh
. scripts/wasm-env.sh

TOOLS=$PWD/target/tools
mkdir -p "$TOOLS"

say() { printf '\033[1m== %s\033[0m\n' "$*"; }
fail() { # what was tried, what the person can do
  printf '\n\033[1msetup stopped:\033[0m %s\n%s\n' "$1" "$2" >&2
  exit 1
}

# One Debian package set, installed as root, otherwise asked for by name.
system_packages() { # purpose, packages...
  purpose=$1; shift
  command="apt-get install -y --no-install-recommends $*"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing Debian packages for $purpose: $*"
    # An old list of packages would bring an old browser.
    # shellcheck disable=SC2086
    { [ -e "$TOOLS/.apt-updated" ] || apt-get update >"$TOOLS/apt.log" 2>&1 && touch "$TOOLS/.apt-updated"; } &&
      DEBIAN_FRONTEND=noninteractive $command >>"$TOOLS/apt.log" 2>&1 ||
      fail "tried: $command" "It failed; the last lines of $TOOLS/apt.log:
$(tail -5 "$TOOLS/apt.log")"
  else
    fail "$purpose is missing." "On Debian or Ubuntu run: sudo $command
On another system install its counterpart, then start again."
  fi
}

require() { # command, where it comes from
  command -v "$1" >/dev/null || fail "the command '$1' was not found." "Install it from $2, then start again."
}

# A cargo tool under target/tools. Its own speed does not matter, so it is built fast rather than optimised.
cargo_tool() { # crate, version, cargo install's other arguments...
  crate=$1; version=$2; shift 2
  marker="$TOOLS/.$crate-$version"
  [ -e "$marker" ] && return
  say "building $crate $version (once, about two minutes)"
  (
    use_native_toolchain
    CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=64 \
      cargo install "$crate" --version "=$version" --root "$TOOLS" --target-dir "$TOOLS/build" --force "$@"
  ) >"$TOOLS/$crate.log" 2>&1 || fail "tried: cargo install $crate --version =$version --root target/tools $*" \
    "It failed; the last lines of target/tools/$crate.log:
$(tail -8 "$TOOLS/$crate.log")
Check that crates.io can be reached, then start again."
  rm -rf "$TOOLS/build"
  touch "$marker"
}

node_packages() {
  marker="$TOOLS/node/.installed"
  cmp -s tests/browser/package-lock.json "$marker" && return
  say "installing the npm packages of tests/browser/package.json"
  mkdir -p "$TOOLS/node"
  cp tests/browser/package.json tests/browser/package-lock.json "$TOOLS/node/"
  npm ci --prefix "$TOOLS/node" --no-audit --no-fund >"$TOOLS/npm.log" 2>&1 ||
    fail "tried: npm ci in target/tools/node" "It failed; the last lines of target/tools/npm.log:
$(tail -5 "$TOOLS/npm.log")"
  cp tests/browser/package-lock.json "$marker"
}

require cargo "https://rustup.rs"
require node "https://nodejs.org (version 20 or newer)"
require npm "https://nodejs.org (version 20 or newer)"

if [ "$(wasm_toolchain)" = none ] && command -v rustup >/dev/null; then
  say "adding the wasm32 target: rustup target add wasm32-unknown-unknown"
  timeout 120 rustup target add wasm32-unknown-unknown || say "rustup could not add it; falling back to Debian's compiler with std from source"
fi
if [ "$(wasm_toolchain)" = none ]; then
  # shellcheck disable=SC2086
  system_packages "building for wasm32" $DEBIAN_WASM_PACKAGES
fi
[ "$(wasm_toolchain)" != none ] || fail "no compiler for wasm32-unknown-unknown was found." \
  "Run: rustup target add wasm32-unknown-unknown"
say "wasm32 compiler: $(wasm_toolchain)"

cargo_tool trunk "$TRUNK_VERSION" --locked --no-default-features --features rustls
cargo_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION"
node_packages

if [ "${1:-build}" != build ]; then
  # shellcheck disable=SC2086
  [ "$(wasm_toolchain)" != debian ] || [ -x /usr/bin/clippy-driver ] || system_packages "linting for wasm32" $DEBIAN_WASM_LINT_PACKAGES
  # shellcheck disable=SC2086
  [ -n "$(find_browser)" ] || system_packages "a Chromium for the tests (or CHROME set to one)" $DEBIAN_BROWSER_PACKAGES
  # shellcheck disable=SC2086
  [ -n "$(find_firefox)" ] || system_packages "a Firefox for the tests (or FIREFOX set to one)" $DEBIAN_FIREFOX_PACKAGES
  # WebKitGTK is had on Linux only; where it is not, the tests say that they skip it.
  # shellcheck disable=SC2086
  [ -n "$(find_webkit)" ] || ! command -v apt-get >/dev/null || system_packages "WebKitGTK for the tests" $DEBIAN_WEBKIT_PACKAGES
fi

if [ "${1:-build}" = embed ]; then
  generators=$PWD/target/embed/tools
  mkdir -p "$generators"
  require python3 "https://python.org"
  if ! cmp -s embed/sites/requirements.txt "$generators/venv/.installed"; then
    say "installing mdBook, MkDocs Material and Sphinx (embed/sites/requirements.txt)"
    python3 -c "import ensurepip" 2>/dev/null || system_packages "Python's environments" python3-venv
    { python3 -m venv --clear "$generators/venv" &&
      "$generators/venv/bin/pip" install --disable-pip-version-check -r embed/sites/requirements.txt; } >"$generators/pip.log" 2>&1 ||
      fail "tried: pip install -r embed/sites/requirements.txt in target/embed/tools/venv" "It failed; the last lines of $generators/pip.log:
$(tail -5 "$generators/pip.log")"
    cp embed/sites/requirements.txt "$generators/venv/.installed"
  fi
  for site in docusaurus vitepress; do
    cmp -s "embed/sites/$site/package-lock.json" "$generators/$site/.installed" && continue
    say "installing the packages of embed/sites/$site, about a minute"
    mkdir -p "$generators/$site"
    cp "embed/sites/$site"/package*.json "$generators/$site/"
    npm ci --prefix "$generators/$site" --no-audit --no-fund >"$generators/npm.log" 2>&1 ||
      fail "tried: npm ci in target/embed/tools/$site" "It failed; the last lines of $generators/npm.log:
$(tail -5 "$generators/npm.log")"
    cp "embed/sites/$site/package-lock.json" "$generators/$site/.installed"
  done
  command -v hugo >/dev/null || system_packages "Hugo" hugo
fi
