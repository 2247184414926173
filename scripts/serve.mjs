// Serves dist/ or another folder on localhost: node scripts/serve.mjs [port] [folder]. The browser tests use its function `serve`.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { basename, extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const DIST = resolve(fileURLToPath(import.meta.url), "../../dist");
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".png": "image/png",
};

/** The file in the folder `root` for a request below the path `base`; undefined if there is none. */
function fileFor(url, root, base) {
  let path;
  try {
    path = decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    // A malformed address, such as /%zz.
    return undefined;
  }
  if (!path.startsWith(base)) return undefined;
  const file = resolve(root, `./${normalize(path.slice(base.length))}`);
  const isInside = file === root || file.startsWith(root + sep);
  return [file, join(file, "index.html")].find((name) => isInside && existsSync(name) && statSync(name).isFile());
}

/**
 * Starts a server for the folder `root` under the path `base`. Resolves to its address and a function that stops it.
 * With `compressed`, it sends the .br file beside a file to clients that accept Brotli, as a production server does.
 * `headers` are sent with every file, after those that embed/README.md lists.
 */
export function serve({ root: folder = DIST, port = 0, base = "/", compressed = false, headers = {} } = {}) {
  const root = resolve(folder instanceof URL ? fileURLToPath(folder) : folder);
  const server = createServer((request, response) => {
    const found = fileFor(request.url, root, base);
    if (!found) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    // Makes the browser revalidate, so that it never shows an earlier build.
    const sent = {
      "content-type": TYPES[extname(found)] ?? "application/octet-stream",
      "cache-control": "no-cache",
      // Pages on other origins load the element and the engine.
      "access-control-allow-origin": "*",
      // Isolated pages may embed the calculator.
      "cross-origin-resource-policy": "cross-origin",
      ...(basename(found) === "embed.html" ? { "cross-origin-embedder-policy": "require-corp" } : {}),
      ...headers,
    };
    const brotli = compressed && /\bbr\b/.test(request.headers["accept-encoding"]) && existsSync(`${found}.br`);
    if (brotli) sent["content-encoding"] = "br";
    response.writeHead(200, sent);
    createReadStream(brotli ? `${found}.br` : found).pipe(response);
  });
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return new Promise((started, failed) => {
    server.on("error", failed);
    server.listen(port, "127.0.0.1", () => {
      started({ address: `http://localhost:${server.address().port}${base}`, stop });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isPort = (text) => /^\d+$/.test(text);
  const args = process.argv.slice(2);
  const port = Number(args.find(isPort) ?? process.env.PORT ?? 8080);
  const root = args.find((text) => !isPort(text));
  serve({ root, port, compressed: true })
    .catch((error) => {
      if (error.code !== "EADDRINUSE") throw error;
      console.log(`Port ${port} is in use. Using a free port instead.`);
      return serve({ root, compressed: true });
    })
    .then(({ address }) => console.log(`Callmix is running at ${address} (press Ctrl+C to stop)`));
}
