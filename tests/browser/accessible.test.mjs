// Accessibility of the page in every state: light and dark, on a desktop and on a phone.
import { after, before, test } from "node:test";

import { button, calls, choose, field, mistake, openMore, paste, recommendation, table } from "./flows.mjs";
import { accessible, browserName, fitsSideways, start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const answered = async (page) => {
  await table(page, "Month by month").waitFor();
  await page.getByRole("slider", { name: "Chart of cost per call by calls per year" }).waitFor();
};

// A state has a name and the steps that lead to it from the state before. The states of a walk share a page.
const WALKS = [
  {
    empty: async () => {},
    answered: async (page) => {
      await calls(page).fill("12,345");
      await answered(page);
    },
    "read out": async (page) => {
      await table(page, "Month by month").locator("summary").first().click();
      await page.getByRole("slider", { name: "Chart of cost per call by calls per year" }).press("Home");
    },
    "answered at the limit": async (page) => {
      await calls(page).fill("1,000,000,000,000");
      await answered(page);
    },
    "with an error": async (page) => {
      await calls(page).fill("300");
      await calls(page).fill("10k");
      await mistake(page, "Calls per year");
    },
  },
  {
    "everything open": async (page) => {
      await calls(page).fill("300");
      await openMore(page);
      await answered(page);
    },
    "months with mistakes": async (page) => {
      await choose(page, "Usage profile", "Month by month");
      await field(page, "Calls in month 1").focus();
      await paste(page, "1\t2\t3\tx\t5\t6.5\t7\t8\t9\t10\t-11\t12");
      await mistake(page, "Calls in month 11");
      await choose(page, "Usage profile", "Even");
      await openMore(page);
    },
    "a budget with a mistake": async (page) => {
      await choose(page, "I know my…", "Budget");
      await field(page, "Budget per year (USD)").fill("much");
      await mistake(page, "Budget per year (USD)");
      await choose(page, "I know my…", "Calls per year");
      await calls(page).fill("600000");
    },
    "owned packages": async (page) => {
      for (const row of [1, 2]) {
        await button(page, "Add a package").click();
        await field(page, `Calls left in package ${row}`).fill("350");
      }
      await field(page, "Package 1 expires at the end of").fill("3");
      await field(page, "Package 2 expires at the end of").fill("13");
      await mistake(page, "Package 2 expires at the end of");
      await button(page, "Remove package 2").click();
    },
    "slots known": async (page) => {
      await choose(page, "Concurrent slots", "I know the number");
      await field(page, "Concurrent slots needed").fill("2");
      await answered(page);
    },
    "queued work": async (page) => {
      await choose(page, "Concurrent slots", "Queued work");
      await recommendation(page).getByText("to update this estimate").waitFor();
      await field(page, "Target utilisation (%)").fill("101");
      await mistake(page, "Target utilisation (%)");
    },
    "live traffic": async (page) => {
      await choose(page, "Concurrent slots", "Live traffic");
      await choose(page, "Busiest hour, as…", "Share of the month");
      await field(page, "Seconds per call").fill("60");
      await field(page, "Share in the busiest hour (%)").fill("0.14");
      await field(page, "Accepted failures (%)").fill("1");
      await answered(page);
    },
    discounted: async (page) => {
      await field(page, "Packages (%)").fill("10");
      await field(page, "Postpaid (%)").fill("5.5");
      await page.getByRole("columnheader", { name: "With 10% off" }).waitFor();
    },
  },
  {
    "opened, with every notice": async (page) => {
      const link = "v=1&calls=300&discount=10,0,0&title=A&free=5x&colour=red&book=2031-01-01,0123abcd&quoted=1300.00";
      await page.evaluate((link) => void (location.hash = link), link);
      await page.getByRole("status", { name: "About this estimate" }).waitFor();
    },
  },
  {
    "saved, compared, renamed, deleted and wrongly opened": async (page) => {
      const sharing = page.getByRole("region", { name: "Share or save" });
      for (const text of ["300", "12,345", "5"]) {
        await calls(page).fill(text);
        await page.waitForFunction((text) => location.hash.includes(`calls=${text.replace(",", "")}&`), text);
        await sharing.getByRole("button", { name: /^Save (on this device|as new)$/ }).click();
        await sharing.getByRole("button", { name: `Rename ${text} calls per year` }).waitFor();
      }
      await sharing.getByRole("button", { name: "Delete 5 calls per year" }).click();
      await sharing.getByRole("checkbox", { name: "Compare 300 calls per year" }).check();
      await sharing.getByRole("checkbox", { name: "Compare 12,345 calls per year" }).check();
      await sharing.getByRole("button", { name: "Rename 300 calls per year" }).click();
      await sharing.getByText("Open an estimate").click();
      await sharing.getByRole("textbox", { name: "Or paste" }).fill('{"usage": {"yearly": -1}, "colour": 1}');
      await sharing.getByRole("button", { name: "Open", exact: true }).click();
      await sharing.getByText("usage.yearly:").waitFor();
    },
  },
  {
    "a link that could not all be used": async (page) => {
      await page.getByText("Part of this link was ignored:").waitFor();
      await page.getByRole("switch", { name: "Postpaid enabled" }).click();
      await answered(page);
    },
  },
];
const FRAGMENTS = ["", "", "", "", "#v=1&calls=300&wrong=1"];

// Pairwise: in Chromium every state meets each colour scheme and each width, in Firefox one of each, and every pair of
// browser, scheme and width occurs.
const LOOKS = {
  chromium: [
    [["light", 1280], ["dark", 320]],
    [["dark", 1280], ["light", 320]],
  ],
  firefox: [[["light", 320]], [["dark", 1280]]],
}[browserName];

WALKS.forEach((walk, place) => {
  for (const [colorScheme, width] of LOOKS[place % 2]) {
    test(`${Object.keys(walk).join(", ")}: ${colorScheme}, ${width} px wide`, () =>
      withPage(site, { colorScheme, viewport: { width, height: 800 }, clipboard: "granted", fragment: FRAGMENTS[place] }, async (page) => {
        for (const [state, steps] of Object.entries(walk)) {
          await steps(page);
          try {
            await fitsSideways(page);
            await accessible(page);
          } catch (error) {
            error.message = `${state}: ${error.message}`;
            throw error;
          }
        }
      }));
  }
});
