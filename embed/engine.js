// The engine as a JavaScript module, for pages that render their own answer. Types are in engine.d.ts.
// @ts-ignore: beside this module only in a built page
import init, { quote as quoteText, scenario as scenarioText } from "./engine/callmix.js";

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
function load() {
  loading ??= init();
  // After a failure, the next call tries again.
  loading.catch(() => (loading = undefined));
  return loading;
}

async function run(call) {
  await load();
  try {
    return JSON.parse(call());
  } catch (thrown) {
    throw typeof thrown === "string" ? new CallmixError(JSON.parse(thrown)) : thrown;
  }
}

/** Quotes a scenario. Rejects with a CallmixError if the scenario is invalid. */
export function quote(scenario) {
  return run(() => quoteText(String(JSON.stringify(scenario))));
}

/** The scenario of a link, given as the whole address or only the part after `#`. */
export function scenarioOf(link) {
  return run(() => scenarioText(String(link)));
}
