// Runs before the first paint: marks a page that opens a link, and reveals the note about a calculator that cannot start.
//
// It is a classic script of its own because a module runs too late for the first paint, and inline scripts are often
// blocked. Where this script is blocked too, styles/start.css reveals the note after a delay.
{
  const page = document.documentElement.classList;
  page.toggle("asks", location.hash.length > 1);
  const fail = () => {
    if (page.contains("started")) return;
    page.remove("asks", "early");
    page.add("failed");
  };
  addEventListener("error", ({ target }) => (target === window || target instanceof HTMLScriptElement) && fail(), true);
  addEventListener("unhandledrejection", fail);
}
