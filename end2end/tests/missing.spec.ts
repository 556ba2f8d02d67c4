import { order, unique } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("an order that is not there: 404, and a way to look on", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted);
  const uid = unique("missing");

  await desk.open(`/orders/${uid}`, 404);

  await expect(desk.page).toHaveTitle("No such order · Orderdesk");
  await expect(desk.page.getByRole("heading", { level: 1 })).toHaveText(`No order ${uid}`);
  await expect(desk.main).toContainText("There is no order with this number.");
  await expect(desk.searchBox).toHaveValue(uid);
  await desk.lookUp(wanted.uid);
  await expect(desk.results).toHaveText([wanted.uid]);
});

test("an address that is nothing's: 404, and a way to look on", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted);

  await desk.open("/nowhere/at/all", 404);

  await expect(desk.page).toHaveTitle("No such page · Orderdesk");
  await expect(desk.page.getByRole("heading", { level: 1 })).toHaveText("No page here");
  await desk.lookUp(wanted.uid);
  await expect(desk.results).toHaveText([wanted.uid]);
});

const addresses = {
  "/orders": "No page here",
  "/orders/": "No page here",
  "/orders/a/b": "No page here",
  "/favicon.ico": "No page here",
  [`/orders/${"a".repeat(4000)}`]: /^No order a+…$/,
  "/orders/%00": /^No order/,
  "/orders/a%0Ab": /^No order/,
  "/orders/%20": /^No order/,
  "/orders/%ff": /^No order/,
  "/orders/%E2%80%AEabc": /^No order/,
  "/orders/<script>window.hostile=1<%2Fscript>": "No order <script>window.hostile=1</script>",
};
for (const [path, heading] of Object.entries(addresses)) {
  test(`nothing is at ${path.slice(0, 40)}`, async ({ desk }) => {
    await desk.open(path, 404);
    await expect(desk.page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await expect(desk.searchBox).toBeVisible();
    await desk.expectNoSidewaysScrolling();
  });
}
