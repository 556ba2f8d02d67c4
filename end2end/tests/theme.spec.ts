import type { Page } from "@playwright/test";

import { expect, test } from "../support/test.ts";

const LIGHT = "light";
const DARK = "dark";

/** Whether the page is paper or ink, by what is painted. */
async function painted(page: Page): Promise<string> {
  return page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d");
    if (canvas === null) throw new Error("a canvas can be drawn on");
    for (const element of [document.documentElement, document.body]) {
      canvas.fillStyle = getComputedStyle(element).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return red + green + blue > 384 ? "light" : "dark";
  });
}

/** Sends the form, and waits for the page that its answer leads back to. */
async function keep(page: Page): Promise<void> {
  const back = page.waitForResponse((response) => response.request().redirectedFrom() !== null);
  await page.getByRole("button", { name: "Keep this theme" }).click();
  await (await back).finished();
}

test("the theme is the system's, unless one is chosen", async ({ desk }) => {
  await desk.page.emulateMedia({ colorScheme: "light" });
  await desk.open("/");
  expect(await painted(desk.page)).toBe(LIGHT);
  await desk.page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => painted(desk.page)).toBe(DARK);
});

for (const [system, chosen] of [[LIGHT, DARK], [DARK, LIGHT]] as const) {
  test(`a chosen ${chosen} theme stays, on every page`, async ({ desk, hasScripts }) => {
    await desk.page.emulateMedia({ colorScheme: system });
    await desk.open("/?q=abc");
    await desk.page.getByRole("group").getByLabel("Settings").click();
    const choice = desk.page.getByRole("radio", { name: chosen === DARK ? "Dark" : "Light" });
    await choice.check();
    await expect.poll(() => painted(desk.page)).toBe(chosen);
    if (!hasScripts) {
      await keep(desk.page);
      await expect(desk.page).toHaveURL("/?q=abc");
    }

    await desk.reload();
    expect(await painted(desk.page)).toBe(chosen);
    // The form's answer leads back with an empty query.
    desk.watch.expectStatus("/orders/none-such?", 404);
    await desk.open("/orders/none-such", 404);
    expect(await painted(desk.page)).toBe(chosen);

    await desk.page.getByRole("group").getByLabel("Settings").click();
    await expect(choice).toBeChecked();
    await desk.page.getByRole("radio", { name: "Auto" }).check();
    if (!hasScripts) await keep(desk.page);
    await expect.poll(() => painted(desk.page)).toBe(system);
  });
}
