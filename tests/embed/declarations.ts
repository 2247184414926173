// Type checks: the published declarations against the types that tsc infers from the JavaScript beside them.
//
// scripts/check-js.sh writes the inferred types to target/types and compiles this file. A line that fails names the check.
import type * as DeclaredElement from "../../embed/embed.js";
import type * as DeclaredEngine from "../../embed/engine.js";
import type * as InferredElement from "../../target/types/embed.js";
import type * as InferredEngine from "../../target/types/engine.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Check<T extends true> = T;
/** The names of a type that `Base` does not have. */
type Own<T, Base> = Exclude<keyof T, keyof Base>;

/** Methods that a browser calls. */
type Lifecycle = "connectedCallback" | "disconnectedCallback" | "connectedMoveCallback" | "attributeChangedCallback";
/** Members of the element's class. Its attributes are properties too, but only at run time; tests/engine/link_keys.rs compares them. */
type Members = Exclude<Own<InferredElement.CallmixCalculator, HTMLElement>, Lifecycle>;

export type Checks = [
  // Both have the same values.
  Check<Same<keyof typeof DeclaredElement, keyof typeof InferredElement>>,
  Check<Same<keyof typeof DeclaredEngine, keyof typeof InferredEngine>>,
  // The element has the declared members.
  Check<Same<Members, "link" | "getQuote">>,
  Check<Pick<InferredElement.CallmixCalculator, Members> extends Pick<DeclaredElement.CallmixCalculator, Members> ? true : false>,
  Check<Same<Parameters<InferredElement.CallmixCalculator["getQuote"]>["length"], Parameters<DeclaredElement.CallmixCalculator["getQuote"]>["length"]>>,
  // The functions take as many arguments and return a promise.
  Check<Same<Parameters<typeof InferredEngine.quote>["length"], Parameters<typeof DeclaredEngine.quote>["length"]>>,
  Check<Same<Parameters<typeof InferredEngine.scenarioOf>["length"], Parameters<typeof DeclaredEngine.scenarioOf>["length"]>>,
  Check<ReturnType<typeof InferredEngine.quote> extends Promise<unknown> ? true : false>,
  Check<ReturnType<typeof InferredEngine.scenarioOf> extends Promise<unknown> ? true : false>,
  // Errors have the declared fields.
  Check<Same<Own<InferredEngine.CallmixError, Error>, Own<DeclaredEngine.CallmixError, Error>>>,
];
