import type { Page } from "@playwright/test";

import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

const PLACED = "2021-11-26T06:22:19Z";

/** The moments of a page: exactly, and as they are shown. */
async function moments(page: Page): Promise<{ exact: string; shown: string }[]> {
  return page.locator("time").evaluateAll((times) =>
    times.map((time) => ({ exact: time.getAttribute("datetime") ?? "", shown: time.textContent })),
  );
}

for (const [zone, shown, clock] of [
  ["Europe/Moscow", "26 Nov 2021, 09:22", 3],
  ["America/New_York", "26 Nov 2021, 01:22", undefined],
  ["Asia/Kathmandu", "26 Nov 2021, 12:07", 5.75],
] as const) {
  test.describe(`in ${zone}`, () => {
    test.use({ timezoneId: zone });

    test("moments are the reader's, at once and when the page comes again", async ({ desk, hasScripts, service }) => {
      const published = order({ date_created: PLACED });
      await service.publish(published);
      await desk.open(`/orders/${published.uid}`);
      const placed = desk.page.locator(`time[datetime="${PLACED}"]`).first();
      if (!hasScripts) {
        // Nobody tells the zone: it is UTC, and says so.
        await expect(placed).toHaveText("26 Nov 2021, 06:22");
        await expect(desk.main).toContainText("Placed, UTC");
        return;
      }
      await expect(placed).toHaveText(shown);
      await expect(placed).toHaveAttribute("title", PLACED);
      await expect(desk.main).not.toContainText("UTC");
      const mended = await moments(desk.page);

      // Now the server knows the zone, and writes the same.
      const response = await desk.page.request.get(`/orders/${published.uid}`);
      const html = await response.text();
      expect(html).toContain(`data-zone="${zone}"`);
      expect(html).toContain(`>${shown}</time>`);
      await desk.reload();
      expect(await moments(desk.page)).toEqual(mended);
    });

    test("lists that come later are in the reader's zone too", async ({ desk, hasScripts, service }) => {
      test.skip(!hasScripts, "without scripts no list comes later");
      const published = order();
      await service.publish(published);
      await desk.open("/");
      await desk.find(published.uid);
      await expect(desk.results).toHaveCount(1);
      await expect(desk.count).not.toContainText("UTC");
      const arrived = desk.row(published.uid).locator("time").first();
      const exact = new Date((await arrived.getAttribute("datetime")) ?? "");
      if (clock !== undefined) {
        const local = new Date(exact.getTime() + clock * 3_600_000);
        await expect(arrived).toHaveText(local.toISOString().slice(11, 19));
      }
    });
  });
}

test.describe("where cookies are not kept", () => {
  test.use({ timezoneId: "Asia/Kathmandu" });

  test("moments are the reader's all the same", async ({ desk, hasScripts, service }) => {
    test.skip(!hasScripts, "without scripts nobody tells the zone");
    await desk.page.addInitScript(() => {
      Object.defineProperty(Document.prototype, "cookie", { get: () => "", set: () => undefined });
    });
    const published = order({ date_created: PLACED });
    await service.publish(published);
    await desk.open("/");
    await desk.find(published.uid);
    await expect(desk.results).toHaveCount(1);
    const arrived = desk.row(published.uid).locator("time").first();
    const exact = new Date((await arrived.getAttribute("datetime")) ?? "");
    const local = new Date(exact.getTime() + 5.75 * 3_600_000);
    await expect(arrived).toHaveText(local.toISOString().slice(11, 19));
    await expect(desk.count).not.toContainText("UTC");
  });
});
