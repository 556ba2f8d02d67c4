import { order, ordersMarked, unique } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("the list follows while one types", async ({ desk, service }) => {
  const mark = unique("type");
  const made = [order({ order_uid: `${mark}-one` }), order({ order_uid: `${mark}-two` })];
  await service.publish(...made);

  await desk.open("/");
  await desk.searchBox.pressSequentially(mark);
  await expect(desk.results).toHaveText([`${mark}-two`, `${mark}-one`]);
  await desk.searchBox.pressSequentially("-o");
  await expect(desk.results).toHaveText([`${mark}-one`]);
  await expect(desk.marks(`${mark}-one`)).toHaveText(`${mark}-o`);
  await expect(desk.searchBox).toBeFocused();
  await expect(desk.searchBox).toHaveValue(`${mark}-o`);

  // What was typed on the way is one step back.
  await desk.page.goBack();
  await expect(desk.page).toHaveURL("/");
  await expect(desk.searchBox).toHaveValue("");
});

test("names of fields and values are completed by keyboard", async ({ desk, service }) => {
  const city = `${unique("Town")} North`;
  const wanted = order({ delivery: { city } });
  await service.publish(wanted, order());

  await desk.open("/");
  await desk.searchBox.pressSequentially("cit");
  const options = desk.page.getByRole("option");
  await expect(options).toHaveText([/^city:/]);
  await desk.searchBox.press("Tab");
  await expect(desk.searchBox).toHaveValue("city:");
  await desk.searchBox.pressSequentially(city.slice(0, 9).toLowerCase());
  await expect(options).toHaveText([new RegExp(city)]);
  await desk.searchBox.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await desk.searchBox.press("Enter");
  await expect(desk.searchBox).toHaveValue(`city:="${city}" `);
  await expect(desk.results).toHaveText([wanted.uid]);
  await desk.searchBox.press("Escape");
  await expect(options).toHaveCount(0);
});

test("a mistake keeps the rows until it is mended", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted);
  await desk.open(`/?q=${wanted.uid.slice(0, -1)}`);
  await expect(desk.results).toHaveText([wanted.uid]);

  await desk.searchBox.fill("amont:5");
  await expect(desk.page.getByRole("alert")).toContainText("There is no field amont");
  await expect(desk.results).toHaveText([wanted.uid]);
  await expect(desk.count).toContainText("of the last search");
  await desk.searchBox.fill("amount:5000..1e9");
  await expect(desk.page.getByRole("alert")).toContainText("takes a number");
  await desk.searchBox.fill(wanted.uid);
  await expect(desk.page.getByRole("alert")).toHaveCount(0);
});

test("what the table shows is kept", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/");
  await desk.page.getByRole("group").getByLabel("Columns").click();
  await desk.page.getByRole("checkbox", { name: "City" }).uncheck();
  await expect(desk.table.getByRole("columnheader", { name: "City" })).toBeHidden();
  await desk.page.getByRole("radio", { name: "Comfortable" }).press("ArrowRight");

  await desk.reload();

  await expect(desk.table.getByRole("columnheader", { name: "City" })).toBeHidden();
  await expect(desk.page.getByRole("radio", { name: "Compact" })).toBeChecked();
});

test("the whole number and Enter open the order", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted, order());

  await desk.open("/");
  await desk.lookUp(wanted.uid);
  await expect(desk.orderHeading(wanted.uid)).toBeVisible();

  const track = (JSON.parse(wanted.text) as { track_number: string }).track_number;
  await desk.open("/");
  await desk.lookUp(track.toLowerCase());
  await expect(desk.orderHeading(wanted.uid)).toBeVisible();
});

test("older orders come as one scrolls", async ({ desk, service }) => {
  const mark = unique("SCROLL");
  const orders = ordersMarked(mark, 120);
  await service.publish(...orders);
  const expected = orders.map(({ uid }) => uid).reverse();

  await desk.open(`/?q=${mark}`);
  await expect(desk.results).toHaveText(expected.slice(0, 50));
  await desk.page.keyboard.press("End");
  await expect(desk.results).toHaveText(expected.slice(0, 100));
  await desk.page.keyboard.press("End");
  await expect(desk.results).toHaveText(expected);
  await expect(desk.page.getByRole("link", { name: /^Next/ })).toHaveCount(0);
});

test("the way to the top stays where older orders come below another page", async ({ desk, service }) => {
  const mark = unique("BELOW");
  const orders = ordersMarked(mark, 120);
  await service.publish(...orders);
  const expected = orders.map(({ uid }) => uid).reverse();

  await desk.open(`/?q=${mark}`);
  await desk.openNext();
  await expect(desk.results).toHaveText(expected.slice(50, 100));
  await desk.page.keyboard.press("End");
  await expect(desk.results).toHaveText(expected.slice(50));
  await desk.page.getByRole("link", { name: "Back to the top" }).click();
  await expect(desk.results).toHaveText(expected.slice(0, 50));
});

test("Back from an order returns to the place in the list", async ({ desk, service }) => {
  const mark = unique("BACK");
  const orders = ordersMarked(mark, 120);
  await service.publish(...orders);

  await desk.open(`/?q=${mark}`);
  await expect(desk.results).toHaveCount(50);
  await desk.page.keyboard.press("End");
  await expect(desk.results).toHaveCount(100);
  const wanted = orders[30]?.uid ?? "";
  await desk.result(wanted).scrollIntoViewIfNeeded();
  const before = await desk.page.evaluate(() => window.scrollY);
  expect(before).toBeGreaterThan(600);
  await desk.result(wanted).click();
  await expect(desk.orderHeading(wanted)).toBeVisible();

  await desk.page.goBack();

  await expect(desk.result(wanted)).toBeInViewport();
  await expect.poll(() => desk.page.evaluate(() => window.scrollY)).toBe(before);
});
