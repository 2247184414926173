// Makes built pages ready to be served: node scripts/finish.mjs DIST. Called by scripts/finish.sh.
//
// One style sheet instead of many, names with a hash for what may be cached for ever, a strict content policy, the
// service worker with the list of this build's files, and every file compressed beside itself.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = process.argv[2];
const COMPRESSED = /\.(html|css|js|mjs|wasm|svg|json|webmanifest|ts)$/;
// Pages that are whole applications; what others bring along is not touched.
const PAGES = ["index.html", "embed.html"];

const at = (name) => join(dist, name);
const hash = (algorithm, content, encoding) => createHash(algorithm).update(content).digest(encoding);
const shortHash = (content) => hash("sha256", content, "hex").slice(0, 16);
const files = (folder = dist) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [relative(dist, join(folder, entry.name)).replaceAll("\\", "/")],
  );
const isThere = (name) => statSync(at(name), { throwIfNoEntry: false })?.isFile();

/** Joins the style sheets of a page, in its order. */
function joinStyles(html) {
  const link = /[ \t]*<link rel="stylesheet" href="\.\/([^"]+)"[^>]*>\n?/g;
  const names = [...html.matchAll(link)].map(([, name]) => name);
  if (names.length === 0) return html;
  const styles = names.map((name) => readFileSync(at(name), "utf8")).join("\n");
  const joined = `callmix-${shortHash(styles)}.css`;
  writeFileSync(at(joined), styles);
  const integrity = `sha384-${hash("sha384", styles, "base64")}`;
  let written = false;
  return html.replaceAll(link, () => {
    if (written) return "";
    written = true;
    return `    <link rel="stylesheet" href="./${joined}" integrity="${integrity}">\n`;
  });
}

/** The policy of a page: nothing but this site's own files, and the inline scripts that it has now. */
function withPolicy(html) {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) => `'sha256-${hash("sha256", text, "base64")}'`);
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' ${scripts.join(" ")}`,
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

/** Gives a folder a name that only its present content has. */
function withHash(folder) {
  const content = Buffer.concat(files(at(folder)).map((name) => readFileSync(at(name))));
  const named = `${folder}-${shortHash(content)}`;
  renameSync(at(folder), at(named));
  return named;
}

const sheets = files().filter((name) => /^[^/]+\.css$/.test(name));
const [app, engine] = ["app", "engine"].map(withHash);
// Others import the engine by a name that stays.
mkdirSync(at("engine"));
writeFileSync(at("engine/callmix.js"), `export * from "../${engine}/callmix.js";\nexport { default } from "../${engine}/callmix.js";\n`);
copyFileSync(at(`${engine}/callmix.d.ts`), at("engine/callmix.d.ts"));

const meta = (name, content) => `\n    <meta name="callmix-${name}" content="${content}">`;
for (const name of PAGES.filter(isThere)) {
  let metas = meta("app", `${app}/callmix-app.js`) + meta("engine", `${engine}/callmix.js`);
  // Only the page by itself is kept for visits without a network; inside other pages it leaves nothing behind.
  if (name === "index.html") metas += meta("offline", "service-worker.js");
  const html = joinStyles(readFileSync(at(name), "utf8")).replace("</title>", `</title>${metas}`);
  writeFileSync(at(name), withPolicy(html));
}
for (const name of sheets) rmSync(at(name));

// The worker knows the files that only this build has, and what an installed page shows of itself.
const cached = files().filter((name) => /-[0-9a-f]{12,16}[./_]|^icon-|\.webmanifest$/.test(name) && !/\.d\.ts$|\.map$/.test(name));
const build = shortHash(["index.html", ...cached].map((name) => `${name} ${shortHash(readFileSync(at(name)))}`).join("\n"));
const worker = readFileSync(new URL("../src/service-worker.js", import.meta.url), "utf8");
writeFileSync(at("service-worker.js"), worker.replace('"BUILD"', JSON.stringify(build)).replace('["FILES"]', JSON.stringify(cached)));

for (const name of files().filter((name) => COMPRESSED.test(name))) {
  const content = readFileSync(at(name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(at(`${name}.br`), brotliCompressSync(content, { params }));
  writeFileSync(at(`${name}.gz`), gzipSync(content, { level: 9 }));
}
