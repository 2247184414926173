#!/usr/bin/env bash
# Installs missing tools, and nothing else:
#   scripts/setup.sh build    for building the page: the wasm32 target, trunk, wasm-bindgen, wasm-opt
#   scripts/setup.sh test     also for the tests: a linter for wasm32, three browsers
#   scripts/setup.sh embed    also for make test-embed: the generators of documentation sites, in target/embed/tools
# Tools go into target/tools. System packages are installed only as root on Debian; elsewhere the command is printed.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/versions.sh
. scripts/wasm-env.sh

TOOLS=$PWD/target/tools
mkdir -p "$TOOLS"

say() { printf '\033[1m== %s\033[0m\n' "$*"; }
fail() { # failed step, advice
  printf '\n\033[1msetup stopped:\033[0m %s\n%s\n' "$1" "$2" >&2
  exit 1
}

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# With an outdated list, apt-get would install an outdated browser.
update_package_list() {
  [ -e "$TOOLS/.apt-updated" ] || { apt-get update >"$TOOLS/apt.log" 2>&1 && touch "$TOOLS/.apt-updated"; }
}

# Installs Debian packages as root; otherwise prints the command.
system_packages() { # purpose, packages...
  purpose=$1; shift
  command="apt-get install -y --no-install-recommends $*"
  if can_install; then
    say "installing Debian packages for $purpose: $*"
    # shellcheck disable=SC2086
    update_package_list && DEBIAN_FRONTEND=noninteractive $command >>"$TOOLS/apt.log" 2>&1 ||
      fail "tried: $command" "It failed; the last lines of $TOOLS/apt.log:
$(tail -5 "$TOOLS/apt.log")"
  else
    fail "$purpose is missing." "On Debian or Ubuntu run: sudo $command
On another system install its counterpart, then start again."
  fi
}

require() { # command, its source
  command -v "$1" >/dev/null || fail "the command '$1' was not found." "Install it from $2, then start again."
}

# Installs a cargo tool under target/tools, without optimisation: it builds faster, and its own speed does not matter.
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

test_chromium() {
  [ -z "${CHROME:-}" ] && ! command -v chromium-headless-shell >/dev/null || return 0
  if can_install && update_package_list && [ -n "$(apt-cache madison "$DEBIAN_BROWSER_PACKAGES")" ]; then
    system_packages "a Chromium for the tests (or CHROME set to one)" "$DEBIAN_BROWSER_PACKAGES"
  elif [ -z "$(find_browser)" ]; then
    system_packages "a Chromium for the tests (or CHROME set to one)" "$DEBIAN_OTHER_BROWSER_PACKAGES"
  fi
}

browsers() {
  # shellcheck disable=SC2086
  [ "$(wasm_toolchain)" != debian ] || [ -x /usr/bin/clippy-driver ] || system_packages "linting for wasm32" $DEBIAN_WASM_LINT_PACKAGES
  test_chromium
  # shellcheck disable=SC2086
  [ -n "$(find_firefox)" ] || system_packages "a Firefox for the tests (or FIREFOX set to one)" $DEBIAN_FIREFOX_PACKAGES
  # WebKitGTK exists on Linux only. Elsewhere its tests say that they are skipped.
  # shellcheck disable=SC2086
  [ -n "$(find_webkit)" ] || ! command -v apt-get >/dev/null || system_packages "WebKitGTK for the tests" $DEBIAN_WEBKIT_PACKAGES
}

site_generators() {
  generators=$PWD/target/embed/tools
  mkdir -p "$generators"
  require python3 "https://python.org"
  if ! cmp -s embed/sites/requirements.txt "$generators/venv/.installed"; then
    python3 -c "import ensurepip" 2>/dev/null || system_packages "Python's environments" python3-venv
    say "installing mdBook, MkDocs Material and Sphinx (embed/sites/requirements.txt)"
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
}

# The Debian packages of all parts, one after the other: only one installation can run at a time.
packages_of_parts() {
  [ "$part" = build ] || browsers
  [ "$part" != embed ] || site_generators
}

part=${1:-build}
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

# Downloads wait for the network while builds use the processors.
node_packages &
node_job=$!
packages_of_parts &
packages_job=$!
cargo_tool trunk "$TRUNK_VERSION" --locked --no-default-features --features rustls
cargo_tool wasm-bindgen-cli "$WASM_BINDGEN_VERSION"
wait $node_job
wait $packages_job
