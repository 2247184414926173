// Links: the same estimate for everybody who opens one, and an address that follows the form.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { BOOK, OF_300, answers, begun, ask, calls, checked, everything, fragment, notice, says, shares } from "./estimates.mjs";
import { openParts } from "./flows.mjs";
import { browserName, settled, start, withPage } from "./harness.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const inPage = (name, steps, options = {}) => test(name, () => withPage(site, options, steps));
const back = (page) => page.evaluate(() => history.back());
const forward = (page) => page.evaluate(() => history.forward());
const goTo = (page, link) => page.evaluate((link) => void (location.hash = link), link);

inPage("updates the address in place, once typing pauses", async (page) => {
  await page.evaluate(() => {
    window.written = 0;
    const replace = history.replaceState;
    history.replaceState = function (...what) {
      window.written += 1;
      return replace.apply(this, what);
    };
  });
  const before = await page.evaluate(() => history.length);
  // Three keystrokes in one task, so that no machine is slow enough to pause between them.
  await calls(page).evaluate((field) => {
    for (const text of ["3", "30", "300"]) {
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  await says(page, OF_300);
  await page.getByRole("switch", { name: "Postpaid enabled" }).press("Space");
  await says(page, begun(`v=1&calls=300&postpaid=off&${BOOK}&quoted=1260.00`));
  assert.equal(await page.evaluate(() => history.length), before);
  assert.equal(await page.evaluate(() => window.written), 2);
});

inPage("keeps a bare address while the form is empty", async (page) => {
  await ask(page, "300", "1260.00");
  await says(page, OF_300);
  await calls(page).fill("");
  await page.getByRole("button", { name: "Reset" }).click();
  await says(page, "");
  assert.equal(await page.evaluate(() => location.href.includes("#")), false);
});

inPage("makes a history entry on Reset; back and forward restore the form", async (page) => {
  await ask(page, "300", "1260.00");
  await page.getByRole("textbox", { name: "Free calls left" }).fill("100");
  await answers(page, "840.00");
  const entries = await page.evaluate(() => history.length);
  // Before the address is updated: going back must restore it all the same.
  await page.getByRole("button", { name: "Reset" }).click();
  await answers(page, null);
  await page.waitForFunction((entries) => history.length > entries, entries);
  assert.equal(await fragment(page), "");
  await back(page);
  await answers(page, "840.00");
  assert.deepEqual([await calls(page).inputValue(), await page.getByRole("textbox", { name: "Free calls left" }).inputValue()], ["300", "100"]);
  await says(page, begun(`v=1&calls=300&free=100&${BOOK}&quoted=840.00`));
  await forward(page);
  await answers(page, null);
  assert.equal(await calls(page).inputValue(), "");
});

inPage("opens an edited address, and back returns from it", async (page) => {
  await ask(page, "300", "1260.00");
  await says(page, OF_300);
  await goTo(page, "v=1&calls=1200");
  await answers(page, "4640.00");
  await goTo(page, "v=1&calls=120&free=20");
  await answers(page, "420.00");
  await back(page);
  await answers(page, "4640.00");
  await back(page);
  await answers(page, "1260.00");
  assert.equal(await fragment(page), OF_300);
});

/** Shows the form of an estimate that was sent. */
async function showForm(page) {
  const change = page.getByRole("button", { name: "Change the numbers" });
  if (await change.count()) await change.click();
  await openParts(page);
}

/** Everything but lines with these texts. */
const without = ({ text, fields }, lines) => ({ text: text.filter((line) => !lines.includes(line.trim())), fields });

const EVERYTHING =
  "v=1&m=1000,0,1000,1000,1000,1000,1000,1000,1000,1000,40000,40000&start=2027-02&free=500&owned=800x2,350x12&postpaid=off" +
  "&tier=all&queued=60,720,0.8&discount=10,0,5&customer=M%C3%BCller%20%26%20S%C3%B6hne&title=Launch,%20spring&ref=Q-17%2F3" +
  `&until=9999-12-31&${BOOK}`;

for (const [what, link] of Object.entries({
  "300 calls": "v=1&calls=300",
  "a growing year with a peak in slots": "v=1&calls=120000&profile=growing&start=2027-01&slots=1,1,1,1,1,1,2,2,2,2,2,2",
  "live traffic": "v=1&calls=1000000&profile=seasonal&live=60,0.5%25,0.01",
  "everything that a link can say": EVERYTHING,
})) {
  test(`shows the identical page in another browser profile: ${what}`, async () => {
    let shown;
    let copied;
    await withPage(site, { fragment: `#${link}` }, async (page) => {
      await page.getByTestId("total").waitFor();
      await showForm(page);
      // An edit and its reversal add the quoted total to the link.
      const field = link.includes("m=") ? page.getByRole("textbox", { name: "Calls in month 1", exact: true }) : calls(page);
      await field.press("End");
      await page.keyboard.type("1");
      await page.keyboard.press("Backspace");
      const behind = link.replace("v=1", "");
      await page.waitForFunction((behind) => location.hash.includes(behind) && location.hash.includes("&quoted="), behind);
      copied = await fragment(page);
      await shares(page, copied);
      // Nobody has undone anything in the other profile.
      shown = without(await everything(page), ["Undo", "Redo"]);
    });
    await withPage(site, { fragment: `#${copied}` }, async (page) => {
      await page.getByTestId("total").waitFor();
      await showForm(page);
      await shares(page, copied);
      assert.deepEqual(without(await everything(page), []), shown);
      assert.equal(await notice(page).count(), 0);
    });
  });
}

inPage(
  "keeps an opened address byte for byte until the estimate is edited",
  async (page) => {
    await answers(page, "1260.00");
    await settled(page);
    assert.equal(await fragment(page), checked("v=1&calls=300&title=A&quoted=1300.00"));
    await ask(page, "301", "1264.80");
    await says(page, `v=1&calls=301&title=A&${BOOK}&quoted=1264.80`);
  },
  { fragment: "#v=1&calls=300&title=A&quoted=1300.00" },
);

inPage(
  "names the ignored parts of a link and uses the others",
  async (page) => {
    await answers(page, "840.00");
    const text = await notice(page).innerText();
    for (const part of [
      "We don’t recognise “colour”.",
      "“free” appears more than once. We used the first one.",
      "“start” was ignored.",
      "“slots” was ignored because it has no value.",
      "“title” was ignored because its value isn’t valid text.",
      "This link was made by a different version. We used what we could.",
    ]) {
      assert.ok(text.includes(part), `${part} in ${text}`);
    }
    // The notice is the first part of the page.
    const [first] = await page.locator("main :is(section, form, [role=status][aria-label])").evaluateAll((all) => all.map((one) => one.ariaLabel));
    assert.equal(first, "About this estimate");
    await notice(page).getByRole("button", { name: "Dismiss" }).click();
    await notice(page).waitFor({ state: "detached" });
    await says(page, `v=1&calls=300&free=100&${BOOK}&quoted=840.00`);
  },
  { fragment: "#v=2&calls=300&free=100&free=6&colour=red&start=2027-13&slots&title=%ff" },
);

inPage(
  "reports unknown prices with both totals, and keeps the quoted total until the visitor updates it",
  async (page) => {
    await answers(page, "1260.00");
    const sentence = "This estimate was quoted at 1,300.00 with a price list that we don’t have (1 January 2031). Today’s price is $1,260.00.";
    assert.ok((await notice(page).innerText()).includes(sentence));
    await says(page, "v=1&calls=300&book=2031-01-01,0123abcd&quoted=1300.00");
    await notice(page).getByRole("button", { name: "Update to today’s prices" }).click();
    assert.equal(await page.evaluate(() => document.activeElement.id), "calls");
    await notice(page).waitFor({ state: "detached" });
    await says(page, `v=1&calls=300&${BOOK}&quoted=1260.00`);
  },
  { fragment: "#v=1&calls=300&book=2031-01-01,0123abcd&quoted=1300.00" },
);

inPage(
  "keeps the other parts of a link without calls",
  async (page) => {
    await page.waitForFunction(() => document.querySelector("#free").value === "100");
    assert.equal(await calls(page).inputValue(), "");
    await settled(page);
    assert.equal(await fragment(page), "v=1&free=100");
    await ask(page, "300", "840.00");
  },
  { fragment: "#v=1&free=100" },
);

inPage(
  "reports that an estimate has expired",
  async (page) => {
    await notice(page).getByText("This estimate expired on 31 January 2020.").waitFor();
    const today = await page.evaluate(() => new Date().toLocaleDateString("sv"));
    await goTo(page, `v=1&calls=300&until=${today}`);
    await notice(page).waitFor({ state: "detached" });
  },
  { fragment: "#v=1&calls=300&until=2020-01-31" },
);

inPage(
  "keeps the lines of a note",
  async (page) => {
    await page.getByText("Add a title, customer and date for a quote").click();
    const note = page.getByRole("textbox", { name: "Note", exact: true });
    await page.waitForFunction(() => document.querySelector("#note-note")?.value === "one\ntwo");
    await note.press("Control+End");
    await note.pressSequentially("!");
    await says(page, `v=1&calls=300&note=one%0Atwo%21&${BOOK}&quoted=1260.00`);
  },
  { fragment: "#v=1&calls=300&note=one%0Atwo" },
);

inPage("ignores a fragment that is not a link", async (page) => {
  await ask(page, "300", "1260.00");
  await says(page, OF_300);
  await goTo(page, "prices");
  await settled(page);
  assert.equal(await calls(page).inputValue(), "300");
  await answers(page, "1260.00");
});

const KEYS = "v calls m profile start free owned postpaid tier slots queued live discount service customer title ref note until book quoted other".split(" ");
const HOSTILE = [
  "<img src=x onerror=window.hacked=1>",
  "%3Cscript%3Ewindow.hacked=1%3C/script%3E",
  '"><svg/onload=window.hacked=1>',
  "javascript:window.hacked=1",
  "%00%ff%E2%80%AE",
  "-1e999,NaN,x",
  "9".repeat(2000),
];

/** How many elements and handlers there are that only markup from a link could have made, and whether it ran. */
const injected = (page) =>
  page.evaluate(() => [document.querySelectorAll("main :is(img, script, iframe, object), main [onerror], main [onload]").length, window.hacked]);

// tests/app/hostile_links.rs renders every key with every value natively.
test("shows markup in any key of a link as text", { skip: browserName !== "chromium" && "the next test runs in Firefox too" }, () =>
  withPage(site, {}, async (page) => {
    await page.getByRole("button", { name: "Copy link" }).waitFor();
    for (const [place, key] of KEYS.entries()) {
      // A number of its own shows that the page has rendered this link. Notes for a customer are shown in place of the form.
      const number = String(300 + place);
      await goTo(page, `v=1&calls=${number}&${key}=${HOSTILE[place % HOSTILE.length]}&start=2027-01`);
      await page.waitForFunction((number) => document.querySelector("main").innerText.includes(number) || document.querySelector("#calls")?.value === number, number);
      await settled(page);
      assert.deepEqual(await injected(page), [0, undefined], key);
    }
  }));

inPage("shows markup in all keys at once as text", async (page) => {
  await page.getByRole("button", { name: "Copy link" }).waitFor();
  for (const value of HOSTILE) {
    await goTo(page, KEYS.map((key) => `${key}=${value}`).join("&"));
    await notice(page).waitFor();
    await settled(page);
    assert.deepEqual(await injected(page), [0, undefined], value.slice(0, 40));
  }
});

inPage(
  "reports a link that was cut off",
  async (page) => {
    await answers(page, "44600.00");
    await notice(page).getByText(/cut off/).waitFor();
  },
  { fragment: `#${checked("v=1&calls=120000").slice(0, -1)}` },
);

inPage(
  "opens a link that mail has wrapped and encoded, without a notice",
  async (page) => {
    await answers(page, "44600.00");
    assert.equal(await notice(page).count(), 0);
  },
  { fragment: `#${checked("v=1&calls=12000&title=Spring").replaceAll("&", "&amp;").replace("calls=", "calls=%0A")}&utm_source=mail` },
);

for (const [what, change] of Object.entries({
  "was encoded as a whole": (link) => encodeURIComponent(link),
  "was encoded as a whole, twice": (link) => encodeURIComponent(encodeURIComponent(link)),
  "has a quote and a sentence behind it": (link) => `${link}” thanks for it`,
})) {
  for (const link of [checked("v=1&calls=12000"), "v=1&calls=12000"]) {
    inPage(
      `opens a link ${link.includes("check=") ? "with" : "without"} a check that ${what}, without a notice`,
      async (page) => {
        await answers(page, "44600.00");
        assert.equal(await notice(page).count(), 0);
      },
      { fragment: `#${change(link)}` },
    );
  }
}

inPage("opens an encoded link in an open page, and reports one that was cut off", async (page) => {
  await ask(page, "300", "1260.00");
  await says(page, OF_300);
  await goTo(page, encodeURIComponent("v=1&calls=12000"));
  await answers(page, "44600.00");
  await goTo(page, encodeURIComponent(checked("v=1&calls=120000").slice(0, -1)));
  await notice(page).getByText(/cut off/).waitFor();
});
