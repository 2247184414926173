// A host page that shows its calculator's events and sets its attributes.
const calculator = document.querySelector("callmix-calculator");
const output = document.querySelector("#event");
const show = (name, detail) => (output.textContent = `${name} ${JSON.stringify(detail, null, 2)}`);

for (const name of ["callmix-ready", "callmix-change"]) calculator.addEventListener(name, ({ detail }) => show(name, detail));

document.querySelector("#calls").addEventListener("input", ({ target }) => (calculator.calls = target.value));
document.querySelector("#dark").addEventListener("click", () => document.documentElement.classList.toggle("dark"));
document.querySelector("#ask").addEventListener("click", async () => {
  const quote = await calculator.getQuote();
  show("getQuote()", quote && { total: quote.total, purchases: quote.purchases });
});
