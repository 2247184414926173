// Prepares the web parts of which sites are made: node scripts/parts.mjs FOLDER. Called by scripts/finish.sh.
//
// Joins the style sheets, adds hashes to names that may be cached for ever, and compresses every file but the templates.
// What depends on a site's own files is left to `callmix site`, which fills the templates.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const parts = process.argv[2];
const COMPRESSED = /\.(html|css|js|mjs|wasm|svg|json|ts)$/;
// Pages that contain the calculator; the examples stay unchanged.
const PAGES = ["index.html", "embed.html"];
// Files that `callmix site` fills.
const TEMPLATES = /^([^/]*\.html|engine\.js|embed[^/]*\.js|service-worker\.js)$/;

const at = (name) => join(parts, name);
const shortHash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);
const files = (folder = parts) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [relative(parts, join(folder, entry.name)).replaceAll("\\", "/")],
  );

/** Joins the style sheets of a page in their order. */
function joinStyles(html) {
  const link = /[ \t]*<link rel="stylesheet" href="\.\/([^"]+)"[^>]*>\n?/g;
  const names = [...html.matchAll(link)].map(([, name]) => name);
  const styles = names.map((name) => readFileSync(at(name), "utf8")).join("\n");
  const joined = `callmix-${shortHash(styles)}.css`;
  writeFileSync(at(joined), styles);
  let isLinked = false;
  return html.replaceAll(link, () => {
    if (isLinked) return "";
    isLinked = true;
    return `    <link rel="stylesheet" href="./${joined}">\n`;
  });
}

/**
 * Replaces Trunk's inline script by the addresses of the preview, which boot.js loads. Host policies and script
 * optimisers often block or rewrite inline scripts; `data-cfasync` keeps Cloudflare's from changing the others.
 * Integrity hashes go as well: all files are the site's own, and a page opened from a file or in a sandbox cannot check them.
 */
function withoutInlineScripts(html) {
  let preview = "";
  const replaced = html
    .replace(/<script type="module">[^]*?from '\.\/([^']+)'[^]*?module_or_path: '\.\/([^']+)'[^]*?<\/script>/, (_, script, wasm) => {
      preview = meta("preview", `${script} ${wasm}`);
      return "";
    })
    .replace("</title>", `</title>${preview}`)
    .replaceAll(/ integrity="[^"]*"/g, "")
    .replaceAll(/<script(?=[ >])/g, '<script data-cfasync="false"');
  if (/<script(?![^>]*\s(src=|type="application\/json"))/.test(replaced)) throw new Error("an inline script is left, which the page's policy blocks");
  return replaced;
}

/** Adds a hash of its content to a folder's name. */
function withHash(folder) {
  const content = Buffer.concat(files(at(folder)).map((name) => readFileSync(at(name))));
  const hashed = `${folder}-${shortHash(content)}`;
  renameSync(at(folder), at(hashed));
  return hashed;
}

const sheets = files().filter((name) => /^[^/]+\.css$/.test(name));
const [app, engine] = ["app", "engine"].map(withHash);
// Other pages import the engine by a stable name.
mkdirSync(at("engine"));
writeFileSync(at("engine/callmix.js"), `export * from "../${engine}/callmix.js";\nexport { default } from "../${engine}/callmix.js";\n`);
copyFileSync(at(`${engine}/callmix.d.ts`), at("engine/callmix.d.ts"));

const meta = (name, content) => `\n    <meta name="callmix-${name}" content="${content}">`;
for (const name of PAGES) {
  let metas = meta("app", `${app}/callmix-app.js`) + meta("engine", `${engine}/callmix.js`);
  // Only the full page works offline; an embedded calculator stores nothing in the visitor's browser.
  if (name === "index.html") metas += meta("offline", "service-worker.js");
  const html = joinStyles(readFileSync(at(name), "utf8")).replace("</title>", `</title>${metas}`);
  // In the head, a parser of HTML allows no text, so its placeholders are comments until here.
  writeFileSync(at(name), withoutInlineScripts(html).replaceAll(/<!-- (\[\[[a-z-]+\]\]) -->/g, "$1"));
}
for (const name of sheets) rmSync(at(name));
copyFileSync(new URL("../src/service-worker.js", import.meta.url), at("service-worker.js"));

for (const name of files().filter((name) => COMPRESSED.test(name) && !TEMPLATES.test(name))) {
  const content = readFileSync(at(name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(at(`${name}.br`), brotliCompressSync(content, { params }));
  writeFileSync(at(`${name}.gz`), gzipSync(content, { level: 9 }));
}
