// Puts what other pages embed beside a built page: node scripts/embed.mjs DIST. Called by scripts/finish.sh.
//   embed.html        the compact view: the page's own parts, with the frame's script and styles
//   embed.js          the element, also under its version, so that a page can pin it
//   engine.js         the engine with objects in and out; the declarations of both
//   embed/            the page's dialog that writes the snippet
//   examples/         the runnable pages of embed/examples
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const dist = process.argv[2];
const root = resolve(fileURLToPath(import.meta.url), "../..");
const read = (path) => readFileSync(resolve(root, path), "utf8");
const write = (path, text) => writeFileSync(join(dist, path), text);

const version = /^version = "([^"]+)"/m.exec(read("Cargo.toml"))[1];

/** A script without its whole-line comments and indentation, which nobody needs to download. */
function published(path) {
  const lines = read(path).split("\n").filter((line) => !/^\s*(\/\/|\/\*\*|\*\/|\* )/.test(line));
  return `/* Callmix ${version}, MIT OR Apache-2.0 */\n${lines.map((line) => line.trimStart()).filter(Boolean).join("\n")}\n`;
}

/** Writes a file under a name that changes with its content, as Trunk does. */
function hashed(name, ending, text) {
  const file = `${name}-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.${ending}`;
  write(file, text);
  return file;
}

/** Replaces what must be there once. */
function replaced(html, pattern, by) {
  const found = html.match(new RegExp(pattern, `g${pattern.flags}`))?.length ?? 0;
  if (found !== 1) throw new Error(`index.html has ${found} of ${pattern}, so embed.html cannot be made of it.`);
  return html.replace(pattern, by);
}

const script = hashed("frame", "js", published("embed/frame.js"));
write("frame.css", read("embed/frame.css"));
const body = readFileSync(join(dist, "index.html"), "utf8");
const prices = /<div class="page-prices"[^]*?<\/section>\s*<\/div>/.exec(body)?.[0];
if (!prices) throw new Error("index.html has no prices, so embed.html cannot be made of it.");
let html = body;
html = replaced(html, /<html lang="en">/, '<html lang="en" class="asks" data-view="calculator">');
html = replaced(html, /<title>[^<]*<\/title>/, '<title>Callmix pricing calculator</title>\n    <meta name="robots" content="noindex" />\n    <base target="_blank" />');
html = html.replaceAll(/ *<meta name="(?:description|theme-color)"[^>]*>\n| *<link rel="manifest"[^>]*>\n/g, "");
// The early answers of the whole page are for people who type; in a frame the question is in the address.
html = replaced(html, /<script type="module">[^]*?wasmBindings[^]*?<\/script>/, "");
html = html.replaceAll(/<link rel="(?:module)?preload"[^>]*>/g, "");
// The page's own script for what fails and what is asked has its counterpart in the frame's.
html = replaced(html, /<script>[^]*?classList[^]*?<\/script>\n/, "");
// Its styles come last, and its script after them, as it measures colours; both before anything is seen.
const last = html.lastIndexOf('<link rel="stylesheet"');
const after = html.indexOf(">", last) + 1;
html = `${html.slice(0, after)}\n    <link rel="stylesheet" href="./frame.css">\n    <script src="./${script}"></script>${html.slice(after)}`;
html = replaced(html, /<body>[^]*<\/body>/, () => `<body>\n${read("embed/body.html").replace("<!-- prices -->", () => prices)}  </body>`);
write("embed.html", html);

const element = published("embed/embed.js");
for (const name of ["embed.js", `embed-${version}.js`]) write(name, element);
write("engine.js", published("embed/engine.js"));
for (const name of ["embed.d.ts", "engine.d.ts"]) write(name, read(`embed/${name}`));
mkdirSync(join(dist, "embed"));
write("embed/dialog.js", published("embed/dialog.js"));
write("embed/dialog.css", read("embed/dialog.css"));
cpSync(resolve(root, "embed/examples"), join(dist, "examples"), { recursive: true });
