// Serves dist/ on localhost: node scripts/serve.mjs [port]. The browser tests use its function `serve`.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
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

/**
 * Starts a server for the folder `root` under the path `base`. Resolves to its address and a function that stops it.
 * With `compressed`, it sends the .br file beside a file to clients that accept Brotli, as a production server does.
 */
export function serve({ root: folder = DIST, port = 0, base = "/", compressed = false } = {}) {
  const root = folder instanceof URL ? resolve(fileURLToPath(folder)) : folder;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const file = path.startsWith(base) ? resolve(root, `./${normalize(path.slice(base.length))}`) : root;
    const found = [file, join(file, "index.html")].find((name) => name.startsWith(root) && existsSync(name) && statSync(name).isFile());
    if (!found) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    // Makes the browser revalidate, so that it never shows an earlier build.
    const headers = {
      "content-type": TYPES[extname(found)] ?? "application/octet-stream",
      "cache-control": "no-cache",
      // Pages on other origins load the element and the engine.
      "access-control-allow-origin": "*",
    };
    const brotli = compressed && /\bbr\b/.test(request.headers["accept-encoding"]) && existsSync(`${found}.br`);
    if (brotli) headers["content-encoding"] = "br";
    response.writeHead(200, headers);
    createReadStream(brotli ? `${found}.br` : found).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, "127.0.0.1", () => {
      resolve({ address: `http://localhost:${server.address().port}${base}`, stop: () => server.close() });
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const port = Number(process.argv[2] ?? process.env.PORT ?? 8080);
  serve({ port, compressed: true })
    .catch((error) => {
      if (error.code !== "EADDRINUSE") throw error;
      console.log(`Port ${port} is in use. Using a free port instead.`);
      return serve({ compressed: true });
    })
    .then(({ address }) => console.log(`Callmix is running at ${address} (press Ctrl+C to stop)`));
}
