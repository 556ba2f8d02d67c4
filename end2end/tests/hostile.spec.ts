import type { Page } from "@playwright/test";

import { item, order, unique } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

const attacks = [
  "<script>window.hostile=1</script>",
  "</script><script>window.hostile=1</script>",
  "<img src=x onerror=window.hostile=1>",
  "\"><svg onload=window.hostile=1>",
  "' autofocus onfocus='window.hostile=1",
  "--><script>window.hostile=1</script><!--",
  "</textarea></title></style><script>window.hostile=1</script>",
  "javascript:window.hostile=1",
];
const widths = [320, 1440];

async function expectNothingRan(page: Page): Promise<void> {
  expect(await page.evaluate(() => Reflect.has(window, "hostile")), "a script of the order ran").toBe(false);
}

for (const attack of attacks) {
  test(`${attack} in every field is text`, async ({ desk, service }) => {
    const texts = (names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, attack]));
    const published = order({
      order_uid: `${unique()}${attack}`,
      track_number: attack,
      delivery: texts(["name", "phone", "zip", "city", "address", "region", "email"]),
      payment: texts(["transaction", "request_id", "currency", "provider", "bank"]),
      items: [{ ...item, ...texts(["track_number", "rid", "name", "size", "brand"]) }],
      delivery_service: attack,
      locale: attack,
      internal_signature: attack,
      customer_id: attack,
      shardkey: attack,
      oof_shard: attack,
      unknown: attack,
    });
    await service.publish(published);

    for (const width of widths) {
      await desk.page.setViewportSize({ width, height: 800 });
      await desk.open("/");
      await expect(desk.row(published.uid)).toContainText(attack);
      await desk.expectNoSidewaysScrolling();
      await desk.results.first().click();
      await expect(desk.orderHeading(published.uid)).toBeVisible();
      await expect(desk.section("Delivery")).toContainText(attack);
      await desk.expectSource(published.text);
      await desk.expectNoSidewaysScrolling();
      await expectNothingRan(desk.page);
      await desk.reload();
      await desk.expectSource(published.text);
      await expectNothingRan(desk.page);
    }
  });
}

test("marks that turn the direction of writing stay in their place", async ({ desk, service }) => {
  const published = order({ delivery: { name: "\u202Eevil\u2066\u2067 שלום", city: "\u200F\u202E123", email: "\u202Ea@b.c" } });
  await service.publish(published);
  for (const width of widths) {
    await desk.page.setViewportSize({ width, height: 800 });
    await desk.open("/");
    await expect(desk.result(published.uid)).toBeVisible();
    await desk.expectNoSidewaysScrolling();
    await desk.open(`/orders/${published.uid}`);
    await desk.expectSource(published.text);
    await desk.expectNoSidewaysScrolling();
  }
});

test("texts of 100,000 characters without a break stay in their place", async ({ desk, service }) => {
  const long = "W".repeat(100_000);
  const published = order({
    track_number: long,
    delivery: { name: long, city: long, email: `${"W".repeat(100)}@${"W".repeat(100)}` },
    payment: { currency: "W".repeat(1000), provider: long },
    items: [{ ...item, name: long, brand: long }],
    customer_id: long,
  });
  await service.publish(published);
  for (const width of widths) {
    await desk.page.setViewportSize({ width, height: 800 });
    await desk.open("/");
    await expect(desk.result(published.uid)).toBeVisible();
    await desk.expectNoSidewaysScrolling();
    await desk.open(`/orders/${published.uid}`);
    await expect(desk.orderHeading(published.uid)).toBeVisible();
    await desk.expectSource(published.text);
    await desk.expectNoSidewaysScrolling();
  }
});

test("figures of 64 digits stay in their place", async ({ desk, service }) => {
  const { uid, text } = order({ payment: { amount: 111_111 } });
  const published = { uid, text: text.replace("111111", "9".repeat(64)) };
  await service.publish(published);
  for (const width of widths) {
    await desk.page.setViewportSize({ width, height: 800 });
    await desk.open("/");
    await expect(desk.result(uid)).toBeVisible();
    await desk.expectNoSidewaysScrolling();
    await desk.open(`/orders/${uid}`);
    await desk.expectSource(published.text);
    await desk.expectNoSidewaysScrolling();
  }
});

test("an order of 1,000 items shows the first, and all when asked", async ({ desk, service }) => {
  const items = Array.from({ length: 1000 }, (_, index) => ({ ...item, name: `Item ${index}`, total_price: 0.1 }));
  const published = order({ items });
  await service.publish(published);

  for (const width of widths) {
    await desk.page.setViewportSize({ width, height: 800 });
    await desk.open(`/orders/${published.uid}`);
    const rows = desk.section("Items").getByRole("row");
    await expect(rows).toHaveCount(202);
    await expect(desk.section("Items")).toContainText("The first 200 of 1,000 items are shown.");
    await desk.expectNoSidewaysScrolling();
    await desk.section("Items").getByRole("link", { name: "Show all" }).click();
    await expect(rows).toHaveCount(1002);
    await expect(desk.section("Items").getByRole("row", { name: "All 1,000 items" })).toContainText("100");
    await desk.expectNoSidewaysScrolling();
    await desk.expectSource(published.text);
  }
});
