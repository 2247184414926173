#!/usr/bin/env bash
# Builds the documentation sites of embed/sites with their real generators, into target/embed/sites, all at the same time.
# A site is built again only if its sources or its generator changed. `scripts/setup.sh embed` installs the generators.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$PWD/target/embed/tools
built=$PWD/target/embed/sites
mkdir -p "$built"

build() { # name
  from=embed/sites/$1 to=$built/$1 log=$built/$1.log
  case $1 in
    mdbook) "$tools/venv/bin/mdbook" build "$from" --dest-dir "$to" ;;
    mkdocs) NO_MKDOCS_2_WARNING=1 "$tools/venv/bin/mkdocs" build --quiet --strict --config-file "$from/mkdocs.yml" --site-dir "$to" ;;
    sphinx) "$tools/venv/bin/sphinx-build" --quiet -W -b html "$from" "$to" ;;
    hugo) (cp -r "$from" "$built/hugo.source" && hugo --quiet --source "$built/hugo.source" --destination "$to") ;;
    # These write beside their sources, and look there for their packages.
    docusaurus) (cp -r "$from/." "$tools/docusaurus/" && cd "$tools/docusaurus" && npx --no-install docusaurus build --out-dir "$to") ;;
    vitepress) (cp -r "$from/." "$tools/vitepress/" && cd "$tools/vitepress" && npx --no-install vitepress build . --outDir "$to") ;;
  esac >"$log" 2>&1 || { echo "The site $1 could not be built; the end of $log:" >&2; tail -20 "$log" >&2; exit 1; }
}

jobs=()
for site in mdbook mkdocs sphinx hugo docusaurus vitepress; do
  state=$( (find "embed/sites/$site" embed/sites/requirements.txt -type f -print0 | sort -z | xargs -0 cat; cat "$0"; hugo version) | sha256sum)
  [ "$state" != "$(cat "$built/$site.built" 2>/dev/null)" ] || continue
  echo "building the site $site"
  rm -rf "${built:?}/$site" "$built/$site.source"
  (build "$site" && echo "$state" >"$built/$site.built") &
  jobs+=($!)
done
for job in ${jobs[@]+"${jobs[@]}"}; do wait "$job"; done
