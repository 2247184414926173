#!/usr/bin/env bash
# The release archive: the program with the web parts beside it, the licences and the documentation.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --locked --release --features ssr --bin callmix
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
host=$(rustc -vV | sed -n 's/^host: //p')
name=callmix-$version-$host
folder=target/release-archive
rm -rf "$folder"
mkdir -p "$folder/$name"
cp target/release/callmix LICENSE-MIT LICENSE-APACHE README.md CHANGELOG.md "$folder/$name"
cp -r docs "$folder/$name/docs"
cp -r target/parts "$folder/$name/web"
cp -r tests/sites/example-video-cloud "$folder/$name/example-site"
tar -czf "$folder/$name.tar.gz" -C "$folder" "$name"
echo "$folder/$name.tar.gz"
