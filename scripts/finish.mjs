// Prepares the built pages for serving: node scripts/finish.mjs DIST. Called by scripts/finish.sh.
//
// Joins the style sheets, adds hashes to names that may be cached for ever, adds a strict content policy, writes the
// service worker with this build's files, and compresses every file.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = process.argv[2];
const COMPRESSED = /\.(html|css|js|mjs|wasm|svg|json|webmanifest|ts)$/;
// Pages that contain the calculator; the examples stay unchanged.
const PAGES = ["index.html", "embed.html"];

const at = (name) => join(dist, name);
const hash = (algorithm, content, encoding) => createHash(algorithm).update(content).digest(encoding);
const shortHash = (content) => hash("sha256", content, "hex").slice(0, 16);
const files = (folder = dist) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [relative(dist, join(folder, entry.name)).replaceAll("\\", "/")],
  );
const exists = (name) => statSync(at(name), { throwIfNoEntry: false })?.isFile();

/** Joins the style sheets of a page in their order. */
function joinStyles(html) {
  const link = /[ \t]*<link rel="stylesheet" href="\.\/([^"]+)"[^>]*>\n?/g;
  const names = [...html.matchAll(link)].map(([, name]) => name);
  if (names.length === 0) return html;
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

/** Adds a content policy that allows only this site's own files. */
function withPolicy(html) {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return html.replace(/(<meta charset="utf-8"[^>]*>)/, `$1\n    <meta http-equiv="Content-Security-Policy" content="${policy.join("; ")}">`);
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
for (const name of PAGES.filter(exists)) {
  let metas = meta("app", `${app}/callmix-app.js`) + meta("engine", `${engine}/callmix.js`);
  // Only the full page works offline; an embedded calculator stores nothing in the visitor's browser.
  if (name === "index.html") metas += meta("offline", "service-worker.js");
  const html = joinStyles(readFileSync(at(name), "utf8")).replace("</title>", `</title>${metas}`);
  writeFileSync(at(name), withPolicy(withoutInlineScripts(html)));
}
for (const name of sheets) rmSync(at(name));

// The service worker caches the files with a hash, and the manifest and icons of the installed page.
const cached = files().filter((name) => /-[0-9a-f]{12,16}[./_]|^icon-|\.webmanifest$/.test(name) && !/\.d\.ts$|\.map$/.test(name));
const build = shortHash(["index.html", ...cached].map((name) => `${name} ${shortHash(readFileSync(at(name)))}`).join("\n"));
const worker = readFileSync(new URL("../src/service-worker.js", import.meta.url), "utf8");
writeFileSync(at("service-worker.js"), worker.replace('"BUILD"', JSON.stringify(build)).replace('[["FILES", ""]]', JSON.stringify(cached.map((name) => [name, `sha256-${hash("sha256", readFileSync(at(name)), "base64")}`]))));

for (const name of files().filter((name) => COMPRESSED.test(name))) {
  const content = readFileSync(at(name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(at(`${name}.br`), brotliCompressSync(content, { params }));
  writeFileSync(at(`${name}.gz`), gzipSync(content, { level: 9 }));
}
