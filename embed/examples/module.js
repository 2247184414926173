// A page that renders its own answer with the engine's module. Amounts are strings, so they stay exact.
import { CallmixError, quote } from "../engine.js";

const form = document.querySelector("#form");
const answer = document.querySelector("#answer");
const purchases = document.querySelector("#purchases");

async function show() {
  purchases.replaceChildren();
  try {
    const { currency, total, purchases: rows } = await quote({ usage: { yearly: Number(form.elements.calls.value) } });
    answer.textContent = `The recommended plan costs ${total} ${currency} per year.`;
    for (const { month, count, calls, amount } of rows) {
      const row = document.createElement("li");
      row.textContent = `Month ${month}: buy ${count} × ${calls} calls for ${amount} ${currency}`;
      purchases.append(row);
    }
  } catch (error) {
    if (!(error instanceof CallmixError)) throw error;
    answer.textContent = `${error.field}: ${error.message} (${error.code})`;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
show();
