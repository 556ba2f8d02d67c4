import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("the status page says that everything works, and accounts for every message", async ({ desk, service }) => {
  await service.publish(order(), order());
  await desk.open("/");
  await desk.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Status" }).click();

  await expect(desk.page).toHaveTitle("Status · Orderdesk");
  await expect(desk.page.getByRole("heading", { level: 1 })).toHaveText("Everything works");
  for (const part of ["Channel", "Database", "Memory", "Search", "Account of every message"]) {
    await expect(desk.page.getByRole("heading", { level: 2, name: part, exact: true })).toBeVisible();
  }
  await expect(desk.main).toContainText("The account closes");
  const stats = (await (await desk.page.request.get("/api/stats")).json()) as { stored: number };
  await expect(desk.section("Account of every message")).toContainText(`Stored${stats.stored.toLocaleString("en")}`);
});

test("its charts are drawn by the server, and are tables too", async ({ desk, service }) => {
  await service.publish(order());
  // A sample is taken every ten seconds.
  await expect
    .poll(async () => {
      const history = (await (await desk.page.request.get("/api/stats/history")).json()) as { samples: unknown[] };
      return history.samples.length;
    }, { timeout: 25_000 })
    .toBeGreaterThan(0);
  await desk.open("/status");
  const charts = desk.page.getByRole("figure");
  await expect(charts).toHaveCount(3);
  await expect(charts.first().getByRole("img")).toHaveAccessibleName(/^Orders stored a second over the last hour\. stored: /);
  await charts.first().getByText("As a table").click();
  await expect(charts.first().getByRole("row")).not.toHaveCount(1);
});

for (const width of [320, 1440]) {
  test(`it fits a window of ${width}`, async ({ desk }) => {
    await desk.page.setViewportSize({ width, height: 900 });
    await desk.open("/status");
    await expect(desk.page.getByRole("heading", { level: 1 })).toBeVisible();
    await desk.expectNoSidewaysScrolling();
  });
}

test("the health in the bar leads there", async ({ desk }) => {
  await desk.open("/rejected");
  await desk.health.click();
  await expect(desk.page).toHaveURL("/status");
});
