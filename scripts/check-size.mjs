// Checks the size of each part of dist/ against size-budget.json. Run by `make test`.
//
// "first answer" is every file that index.html links to: what a visitor downloads before the first answer.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const DIST = new URL("../dist/", import.meta.url).pathname;
const { unit, ...budgets } = JSON.parse(readFileSync(new URL("../size-budget.json", import.meta.url), "utf8"));

// Files without a .br beside them, such as PNG icons, are served uncompressed.
const sizeOf = (name) => {
  try {
    return readFileSync(join(DIST, `${name}.br`)).length;
  } catch {
    return readFileSync(join(DIST, name)).length;
  }
};
const folder = (prefix) => readdirSync(DIST).find((name) => name.startsWith(`${prefix}-`));
const codeIn = (name) => readdirSync(join(DIST, name), { recursive: true }).filter((file) => /\.(js|wasm)$/.test(file)).map((file) => `${name}/${file}`);

const html = readFileSync(join(DIST, "index.html"), "utf8");
const linked = [...html.matchAll(/<(?:link|script)[^>]* (?:href|src)="(?:\.\/)?([^":]+)"/g)].map(([, name]) => name);
const parts = {
  "first answer": ["index.html", ...new Set(linked)],
  app: codeIn(folder("app")),
  engine: codeIn(folder("engine")),
};

for (const [part, names] of Object.entries(parts)) {
  const rows = names.map((name) => [name, sizeOf(name)]).sort(([, one], [, other]) => other - one);
  const total = rows.reduce((sum, [, bytes]) => sum + bytes, 0);
  console.log(`${part}: ${total} of ${budgets[part]} ${unit}`);
  for (const [name, bytes] of rows) console.log(`  ${String(bytes).padStart(7)}  ${name}`);
  if (total > budgets[part]) {
    console.error(`${part} is ${total - budgets[part]} ${unit} over budget.`);
    process.exitCode = 1;
  }
}
