import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("the status page keeps up without a reload", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/status");
  const account = desk.section("Account of every message");
  const before = ((await (await desk.page.request.get("/api/stats")).json()) as { stored: number }).stored;
  await expect(account).toContainText(`Stored${before.toLocaleString("en")}`);
  await desk.page.evaluate(() => {
    Reflect.set(window, "sameDocument", true);
  });

  await service.publish(order());

  await expect(account).toContainText(`Stored${(before + 1).toLocaleString("en")}`, { timeout: 15_000 });
  expect(await desk.page.evaluate(() => Reflect.get(window, "sameDocument") as unknown)).toBe(true);
});
