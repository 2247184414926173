// Adds the files for embedding to a built page: node scripts/embed.mjs DIST. Called by scripts/finish.sh.
//   embed.html        the compact view: parts of index.html with the frame's script and styles
//   embed.js          the element; also under its version, for pages that pin it
//   engine.js         the engine's JavaScript module
//   *.d.ts            type declarations of both
//   embed/            the dialog that writes snippets
//   examples/         the pages of embed/examples
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const dist = process.argv[2];
const root = resolve(fileURLToPath(import.meta.url), "../..");
const read = (path) => readFileSync(resolve(root, path), "utf8");
const write = (path, text) => writeFileSync(join(dist, path), text);

const version = /^version = "([^"]+)"/m.exec(read("Cargo.toml"))[1];

/** A script without whole-line comments and indentation, to keep downloads small. */
function published(path) {
  const lines = read(path).split("\n").filter((line) => !/^\s*(\/\/|\/\*\*|\*\/|\* )/.test(line));
  return `/* Callmix ${version}, MIT OR Apache-2.0 */\n${lines.map((line) => line.trimStart()).filter(Boolean).join("\n")}\n`;
}

/** Writes a file under a name with a hash of its content, as Trunk does. */
function hashed(name, ending, text) {
  const file = `${name}-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.${ending}`;
  write(file, text);
  return file;
}

/** Replaces a pattern; fails unless it occurs exactly once. */
function replaceOnce(html, pattern, replacement) {
  const count = html.match(new RegExp(pattern, `g${pattern.flags}`))?.length ?? 0;
  if (count !== 1) throw new Error(`cannot build embed.html: index.html has ${count} matches of ${pattern} instead of one`);
  return html.replace(pattern, replacement);
}

const script = hashed("frame", "js", published("embed/frame.js"));
write("frame.css", read("embed/frame.css"));
const page = readFileSync(join(dist, "index.html"), "utf8");
let html = page;
html = replaceOnce(html, /<html lang="en">/, '<html lang="en" class="asks" data-view="calculator">');
html = replaceOnce(html, /<title>[^<]*<\/title>/, '<title>[[frame-title]]</title>\n    <meta name="robots" content="noindex" />\n    <base target="_blank" />');
html = html.replaceAll(/ *<meta name="(?:description|theme-color)"[^>]*>\n/g, "");
html = replaceOnce(html, /<!-- \[\[head\]\] -->/, "<!-- [[frame-head]] -->");
// The frame has no preview: its estimate usually comes from the address, which the preview does not read.
html = replaceOnce(html, /<script type="module">[^]*?wasmBindings[^]*?<\/script>/, "");
html = html.replaceAll(/<link rel="(?:module)?preload"[^>]*>/g, "");
// frame.js replaces the page's script for start failures and for links in the address.
html = replaceOnce(html, /<script[^>]*src="\.\/start-[^"]*"[^>]*><\/script>\n/, "");
// The frame's styles follow the page's, and its script follows them because it reads their colours.
const last = html.lastIndexOf('<link rel="stylesheet"');
const after = html.indexOf(">", last) + 1;
html = `${html.slice(0, after)}\n    <link rel="stylesheet" href="./frame.css">\n    <script src="./${script}"></script>${html.slice(after)}`;
html = replaceOnce(html, /<body>[^]*<\/body>/, () => `<body>\n${read("embed/body.html")}  </body>`);
write("embed.html", html);

const element = published("embed/embed.js");
for (const name of ["embed.js", `embed-${version}.js`]) write(name, element);
write("engine.js", published("embed/engine.js"));
for (const name of ["embed.d.ts", "engine.d.ts"]) write(name, read(`embed/${name}`));
mkdirSync(join(dist, "embed"));
write("embed/dialog.js", published("embed/dialog.js"));
write("embed/dialog.css", read("embed/dialog.css"));
cpSync(resolve(root, "embed/examples"), join(dist, "examples"), { recursive: true });
