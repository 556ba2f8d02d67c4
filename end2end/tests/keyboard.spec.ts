import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("the first Tab leads past the bar to the content", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/");
  await desk.page.keyboard.press("Tab");
  const skip = desk.page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();

  await desk.page.keyboard.press("Enter");
  await desk.page.keyboard.press("Tab");

  await expect(desk.searchBox).toBeFocused();
});

test("Tab goes through the desk in reading order, and Enter opens a result", async ({ desk, service, hasScripts }) => {
  const wanted = order();
  await service.publish(wanted);
  await desk.open(`/?q=${wanted.uid}`);

  const { page } = desk;
  const stops = [
    page.getByRole("link", { name: "Skip to content" }),
    page.getByRole("link", { name: "Orderdesk" }),
    page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Orders" }),
    page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Rejected/ }),
    page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Status" }),
    desk.health,
    ...(hasScripts ? [page.getByRole("button", { name: "Go to" })] : []),
    page.getByRole("group").getByLabel("Settings"),
    ...["All orders", "Last hour", "Today", "all keys"].map((name) => page.getByRole("complementary").getByRole("link", { name })),
    desk.searchBox,
    desk.searchButton,
    page.getByRole("link", { name: /^Remove term/ }),
    ...(hasScripts ? ["Save view", "Pause the stream"].map((name) => page.getByRole("button", { name })) : []),
    page.getByRole("radio", { name: "Comfortable" }),
    page.getByRole("group").getByLabel("Columns"),
    page.getByRole("group").getByLabel("Export"),
    page.getByRole("group").getByLabel("Sort"),
    ...["Arrived", "Amount"].map((name) => desk.table.getByRole("link", { name })),
    desk.result(wanted.uid),
  ];
  for (const stop of stops) {
    await page.keyboard.press("Tab");
    await expect(stop).toBeFocused();
  }
  await page.keyboard.press("Enter");
  await expect(desk.orderHeading(wanted.uid)).toBeVisible();
});

test("the settings open and close by keyboard", async ({ desk, hasScripts }) => {
  await desk.open("/");
  const settings = desk.page.getByRole("group").getByLabel("Settings");
  await settings.focus();
  await desk.page.keyboard.press("Enter");
  const auto = desk.page.getByRole("radio", { name: "Auto" });
  await expect(auto).toBeVisible();
  await desk.page.keyboard.press("Tab");
  await expect(auto).toBeFocused();
  await desk.page.keyboard.press("ArrowDown");
  await expect(desk.page.getByRole("radio", { name: "Light" })).toBeChecked();
  if (hasScripts) {
    await desk.page.keyboard.press("Escape");
    await expect(settings).toBeFocused();
  } else {
    await settings.press("Enter");
  }
  await expect(auto).toBeHidden();
});
