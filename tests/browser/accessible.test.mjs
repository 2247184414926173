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
  "opened, with everything to be told": async (page) => {
    const link = "v=1&calls=300&discount=10,0,0&title=A&free=5x&colour=red&book=2031-01-01,0123abcd&quoted=1300.00";
    await page.evaluate((link) => void (location.hash = link), link);
    await page.getByRole("status", { name: "About this estimate" }).waitFor();
  },
  "saved, compared, renamed, deleted and wrongly opened": async (page) => {
    const sharing = page.getByRole("region", { name: "Share and keep" });
    for (const text of ["300", "12,345", "5"]) {
      await calls(page).fill(text);
      await sharing.getByRole("button", { name: "Save on this device" }).click();
    }
    await sharing.getByRole("button", { name: "Delete 5 calls a year" }).click();
    await sharing.getByRole("checkbox", { name: "Compare 300 calls a year" }).check();
    await sharing.getByRole("checkbox", { name: "Compare 12,345 calls a year" }).check();
    await sharing.getByRole("button", { name: "Rename 300 calls a year" }).click();
    await sharing.getByText("Open an estimate").click();
    await sharing.getByRole("textbox", { name: "Or paste" }).fill('{"usage": {"yearly": -1}, "colour": 1}');
    await sharing.getByRole("button", { name: "Open", exact: true }).click();
    await sharing.getByText("usage.yearly:").waitFor();
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
