import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("every key is told on a page of its own", async ({ desk }) => {
  await desk.open("/keys");
  await expect(desk.page.getByRole("heading", { level: 1 })).toHaveText("Keyboard shortcuts");
  const rows = desk.main.getByRole("term");
  expect(await rows.count()).toBeGreaterThan(15);
  await expect(desk.main).toContainText("Go to anything");
  await expect(desk.page.getByRole("dialog")).toHaveCount(0);
});

test("the list of keys is reached from the rail and from the settings", async ({ desk, service, hasScripts }) => {
  await service.publish(order());
  const leads = [
    async () => {
      await desk.page.getByRole("complementary").getByRole("link", { name: "all keys" }).click();
    },
    async () => {
      await desk.page.getByRole("group").getByLabel("Settings").click();
      await desk.page.getByRole("link", { name: "Keyboard shortcuts" }).click();
    },
  ];
  for (const lead of leads) {
    await desk.open("/");
    await lead();
    if (hasScripts) {
      await expect(desk.page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Next row");
      await expect(desk.page).toHaveURL("/");
    } else {
      await expect(desk.page).toHaveURL("/keys");
    }
  }
});
