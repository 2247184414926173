// A host page that listens to its calculator, and changes it.
const calculator = document.querySelector("callmix-calculator");
const told = document.querySelector("#told");
const tell = (name, detail) => (told.textContent = `${name} ${JSON.stringify(detail, null, 2)}`);

for (const name of ["callmix-ready", "callmix-change"]) calculator.addEventListener(name, ({ detail }) => tell(name, detail));

document.querySelector("#calls").addEventListener("input", ({ target }) => (calculator.calls = target.value));
document.querySelector("#dark").addEventListener("click", () => document.documentElement.classList.toggle("dark"));
document.querySelector("#ask").addEventListener("click", async () => {
  const quote = await calculator.getQuote();
  tell("getQuote()", quote && { total: quote.total, purchases: quote.purchases });
});
