import type { Locator } from "@playwright/test";

import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

/** So far is the clock in Kathmandu ahead, in all seasons. */
const AHEAD_MS = 5.75 * 3_600_000;

test.use({ timezoneId: "Asia/Kathmandu" });

/** Checks that a moment of today is shown as the clock in Kathmandu shows it. */
async function expectLocal(moment: Locator): Promise<void> {
  const exact = new Date((await moment.getAttribute("datetime")) ?? "");
  const local = new Date(exact.getTime() + AHEAD_MS);
  await expect(moment).toHaveText(local.toISOString().slice(11, 19));
}

test("lists that come later are in the reader's zone too", async ({ desk, service }) => {
  const published = order();
  await service.publish(published);
  await desk.open("/");
  await desk.find(published.uid);
  await expect(desk.results).toHaveCount(1);
  await expect(desk.count).not.toContainText("UTC");
  await expectLocal(desk.arrived(published.uid));
});

test("where no cookie is kept, moments are the reader's all the same", async ({ desk, service }) => {
  await desk.page.addInitScript(() => {
    Object.defineProperty(Document.prototype, "cookie", { get: () => "", set: () => undefined });
  });
  const published = order();
  await service.publish(published);
  await desk.open("/");
  await desk.find(published.uid);
  await expect(desk.results).toHaveCount(1);
  await expect(desk.count).not.toContainText("UTC");
  await expectLocal(desk.arrived(published.uid));
  await desk.open("/status");
  await expect(desk.main).not.toContainText("UTC");
});
