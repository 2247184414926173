// Can everybody use the page, in every state it can be in, light and dark, on a desk and on a phone?
import { after, before, test } from "node:test";

import { accessible, fitsSideways, start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const calls = (page) => page.getByRole("textbox", { name: "Calls per year" });

// A state is its name and the steps that lead to it.
const STATES = {
  empty: async () => {},
  answered: async (page) => {
    await calls(page).fill("12,345");
    await page.getByRole("table", { name: "Month by month" }).waitFor();
  },
  "answered at the limit": async (page) => {
    await calls(page).fill("1,000,000,000,000");
    await page.getByRole("table", { name: "Month by month" }).waitFor();
  },
  "with an error": async (page) => {
    await calls(page).fill("300");
    await calls(page).fill("10k");
    await page.getByText("such as 10000.").waitFor();
  },
};

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    for (const [state, steps] of Object.entries(STATES)) {
      test(`${state}, ${colorScheme}, ${width} px wide`, () =>
        withPage(site, { colorScheme, viewport: { width, height: 800 } }, async (page) => {
          await steps(page);
          await fitsSideways(page);
          await accessible(page);
        }));
    }
  }
}
