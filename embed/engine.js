// The engine for pages that draw their own answer: objects in and out. Types are in engine.d.ts.
import init, { quote as quoteText, scenario as scenarioText } from "./engine/callmix.js";

/** What is wrong with a scenario. `code` and `field` are of the first problem; `errors` has all of them. */
export class CallmixError extends Error {
  name = "CallmixError";

  constructor({ error, errors }) {
    super(error.message);
    this.code = error.code;
    this.field = error.field;
    this.errors = errors;
  }
}

let starting;
function started() {
  starting ??= init();
  // What failed once may work when it is tried again.
  starting.catch(() => (starting = undefined));
  return starting;
}

async function asked(question) {
  await started();
  try {
    return JSON.parse(question());
  } catch (thrown) {
    throw typeof thrown === "string" ? new CallmixError(JSON.parse(thrown)) : thrown;
  }
}

/** The quote for a scenario, both as in the contract. */
export function quote(scenario) {
  return asked(() => quoteText(String(JSON.stringify(scenario))));
}

/** The scenario that a link describes; the whole address or what follows its `#`. */
export function scenarioOf(link) {
  return asked(() => scenarioText(String(link)));
}
