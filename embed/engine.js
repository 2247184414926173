// The engine as a JavaScript module, for pages that render their own answer. Types are in engine.d.ts.
// @ts-ignore: beside this module only in a built page
import init, { Engine } from "./engine/callmix.js";

/** The price books of this site, as JSON. The build fills them in. */
const PRICE_BOOKS = "[[price-books]]";

/** An invalid scenario. `code` and `field` describe the first error; `errors` lists all of them. */
export class CallmixError extends Error {
  name = "CallmixError";

  constructor({ error, errors }) {
    super(error.message);
    this.code = error.code;
    this.field = error.field;
    this.errors = errors;
  }
}

let loading;
/** The engine with this site's prices. */
function load() {
  loading ??= init().then(() => new Engine(PRICE_BOOKS));
  // After a failure, the next call tries again.
  loading.catch(() => (loading = undefined));
  return loading;
}

async function run(call) {
  try {
    return JSON.parse(call(await load()));
  } catch (thrown) {
    throw typeof thrown === "string" ? new CallmixError(JSON.parse(thrown)) : thrown;
  }
}

/** Quotes a scenario. Rejects with a CallmixError if the scenario is invalid. */
export function quote(scenario) {
  return run((engine) => engine.quote(String(JSON.stringify(scenario))));
}

/** The scenario of a link, given as the whole address or only the part after `#`. */
export function scenarioOf(link) {
  return run((engine) => engine.scenario(String(link)));
}
