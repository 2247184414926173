// Runs the tests of the built page, called by scripts/test-browser.sh:
//   node tests/browser/run.mjs [chromium] [firefox] [webkit] [part of a file's name …] [node's options …]
//
// Every file is a process of its own for each browser, as many at a time as there are processors. The slowest of the last
// run start first, so that no processor waits for them at the end.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { availableParallelism } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { launchServer } from "./browsers.mjs";
import { FILE_MS } from "./limits.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TIMES = join(ROOT, "target/browser-tests.json");
const BROWSERS = ["firefox", "chromium", "webkit"];

const args = process.argv.slice(2);
const options = args.filter((arg) => arg.startsWith("-"));
const chosen = args.filter((arg) => BROWSERS.includes(arg));
const names = args.filter((arg) => !options.includes(arg) && !chosen.includes(arg));
const times = readTimes();

function readTimes() {
  try {
    return JSON.parse(readFileSync(TIMES, "utf8"));
  } catch {
    return {};
  }
}

const files = ["tests/browser", "tests/embed"]
  .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`))
  .filter((file) => file.endsWith(".test.mjs") && (names.length === 0 || names.some((name) => file.includes(name))));
const isWebKit = (file) => basename(file) === "webkit.test.mjs";
const jobs = (chosen.length > 0 ? chosen : BROWSERS)
  .flatMap((browser) => files.filter((file) => isWebKit(file) === (browser === "webkit")).map((file) => ({ browser, file, key: `${browser} ${file}` })))
  .sort((one, other) => (times[other.key] ?? 0) - (times[one.key] ?? 0));
if (jobs.length === 0) fail(`No test file matches ${args.join(" ")}.`);

/** One browser for all files of a worker that need the same: starting Firefox takes longer than most files. */
class Pool {
  #servers = new Map();

  async endpoint(query) {
    if (!this.#servers.has(query)) {
      const { browser, ...media } = Object.fromEntries(new URLSearchParams(query));
      const server = launchServer(browser, media);
      this.#servers.set(query, server);
      // After a crash, the next file gets a new one.
      const forget = () => this.#servers.delete(query);
      server.then((server) => server.on("close", forget), forget);
    }
    return (await this.#servers.get(query)).wsEndpoint();
  }

  async close() {
    await Promise.allSettled([...this.#servers.values()].map(async (server) => (await server).close()));
  }
}

/** Tells test files where their worker's browsers are: /WORKER?browser=firefox&colorScheme=dark… */
async function servePools(pools) {
  const server = createServer(async (request, response) => {
    const [path, query] = request.url.slice(1).split("?");
    try {
      response.end(await pools[Number(path)].endpoint(query));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise((started) => server.listen(0, "127.0.0.1", started));
  return server;
}

/** Runs a file of tests; resolves to its output and whether it passed. */
function run({ browser, file }, pool) {
  const child = spawn(process.execPath, ["--test-reporter=spec", ...options, file], {
    cwd: ROOT,
    env: { ...process.env, BROWSER: browser, BROWSER_POOL: pool },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (output += text));
  const limit = setTimeout(() => {
    output += `\nstopped after ${FILE_MS / 60_000} minutes\n`;
    child.kill();
  }, FILE_MS);
  return new Promise((done) =>
    child.on("close", (code) => {
      clearTimeout(limit);
      done({ output, passed: code === 0 });
    }),
  );
}

const failed = [];
async function work(pool) {
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    const from = performance.now();
    const { output, passed } = await run(job, pool);
    times[job.key] = Math.round(performance.now() - from);
    if (!passed) failed.push(job.key);
    // Node's totals are of one file.
    const tests = output.replaceAll(/^ℹ (tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) .*\n/gm, "").trimEnd();
    console.log(`\x1b[1m== ${job.file} in ${job.browser}: ${passed ? "passed" : "FAILED"}, ${(times[job.key] / 1000).toFixed(1)} s\x1b[0m\n${tests}`);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

const pools = Array.from({ length: Math.max(2, availableParallelism()) }, () => new Pool());
const server = await servePools(pools);
await Promise.all(pools.map((_, index) => work(`http://127.0.0.1:${server.address().port}/${index}`)));
await Promise.all(pools.map((pool) => pool.close()));
server.close();
mkdirSync(dirname(TIMES), { recursive: true });
writeFileSync(TIMES, JSON.stringify(times));
if (failed.length > 0) fail(`Failed: ${failed.join(", ")}`);
