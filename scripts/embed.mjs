// Puts what other pages embed into dist/, after the page and the engine have been built:
//   embed.html        the compact view: the page's own files, with the frame's script and styles
//   embed.js          the element, also under its version, so that a page can pin it
//   engine.js         the engine with objects in and out; the declarations of both
//   examples/         the runnable pages of embed/examples
import { createHash } from "node:crypto";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const read = (path) => readFileSync(resolve(root, path), "utf8");
const write = (path, text) => writeFileSync(resolve(root, "dist", path), text);

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
  const found = html.match(new RegExp(pattern, "g"))?.length ?? 0;
  if (found !== 1) throw new Error(`dist/index.html has ${found} of ${pattern}, so embed.html cannot be made of it.`);
  return html.replace(pattern, by);
}

const script = hashed("frame", "js", published("embed/frame.js"));
const style = hashed("frame", "css", read("embed/frame.css"));
let html = read("dist/index.html");
html = replaced(html, /<html lang="en">/, '<html lang="en" data-view="calculator">');
html = replaced(html, /<title>[^<]*<\/title>/, '<title>Callmix pricing calculator</title>\n    <meta name="robots" content="noindex" />\n    <base target="_blank" />');
// After the page's styles, which the script measures colours by, and before anything is seen.
const last = html.lastIndexOf('<link rel="stylesheet"');
const after = html.indexOf(">", last) + 1;
html = `${html.slice(0, after)}\n    <link rel="stylesheet" href="./${style}" />\n    <script src="./${script}"></script>${html.slice(after)}`;
html = replaced(
  html,
  /<body>[\s\S]*<\/body>/,
  '<body>\n    <noscript>Callmix needs scripts to calculate. <a href="./">Open the full calculator</a></noscript>\n  </body>',
);
write("embed.html", html);

const element = published("embed/embed.js");
for (const name of ["embed.js", `embed-${version}.js`]) write(name, element);
write("engine.js", published("embed/engine.js"));
for (const name of ["embed.d.ts", "engine.d.ts"]) write(name, read(`embed/${name}`));
cpSync(resolve(root, "embed/examples"), resolve(root, "dist/examples"), { recursive: true });
