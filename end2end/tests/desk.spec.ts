import { order, ordersMarked, unique } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("the newest orders come first", async ({ desk, service }) => {
  const orders = [order(), order(), order()];
  await service.publish(...orders);

  await desk.open("/");

  await expect(desk.page).toHaveTitle("Orders · Orderdesk");
  await expect(desk.page.getByRole("heading", { level: 1, name: "Orders" })).toBeAttached();
  await expect(desk.results.first()).toBeVisible();
  const shown = await desk.results.allTextContents();
  expect(shown.slice(0, 3)).toEqual(orders.map(({ uid }) => uid).reverse());
});

test("a row says who, where, what and how much", async ({ desk, service }) => {
  const { uid, text } = order({
    delivery: { name: "Anna Petrosyan", city: "Moscow" },
    payment: { amount: 1817.5, currency: "RUB" },
    items: [
      { name: "Mascara", brand: "Vivienne Sabo", total_price: 623 },
      { name: "Pencil", brand: "Vivienne Sabo", total_price: 359 },
    ],
    delivery_service: "cdek",
  });
  // A zero at the end is kept: money is shown as it was sent.
  await service.publish({ uid, text: text.replace("1817.5", "1817.50") });

  await desk.open("/");

  const row = desk.row(uid);
  for (const part of ["Anna Petrosyan", "Moscow", "2Vivienne Sabo Mascara +1", "cdek", "26 Nov 2021", "1,817.50RUB"]) {
    await expect(row.getByRole("cell", { name: part.replace("RUB", " RUB").replace("2V", "2 V") })).toBeVisible();
  }
});

test("older orders are a link away, page by page", async ({ desk, service }) => {
  const mark = unique("PAGES");
  const orders = ordersMarked(mark, 120);
  await service.publish(...orders);
  const expected = orders.map(({ uid }) => uid).reverse();

  await desk.open(`/?q=${mark}`);
  await expect(desk.count).toContainText("More than 50 orders");
  await expect(desk.results).toHaveText(expected.slice(0, 50));

  await desk.page.getByRole("link", { name: /^Next 50, before / }).click();
  await expect(desk.results).toHaveText(expected.slice(50, 100));
  await expect(desk.page).toHaveURL(new RegExp(`\\?q=${mark}&cursor=`));

  await desk.page.getByRole("link", { name: /^Next 50, before / }).click();
  await expect(desk.results).toHaveText(expected.slice(100));
  await expect(desk.page.getByRole("link", { name: /^Next/ })).toHaveCount(0);

  await desk.reload();
  await expect(desk.results).toHaveText(expected.slice(100));
  await desk.page.goBack();
  await expect(desk.results).toHaveText(expected.slice(50, 100));

  await desk.page.getByRole("link", { name: "Newest" }).click();
  await expect(desk.results).toHaveText(expected.slice(0, 50));
  await expect(desk.page).toHaveURL(`/?q=${mark}`);
});

test("every order can be paged through", async ({ desk, service }) => {
  await service.publish(...ordersMarked(unique("ALL"), 55));

  await desk.open("/");
  await expect(desk.results).toHaveCount(50);
  const first = await desk.results.allTextContents();
  await desk.page.getByRole("link", { name: /^Next 50/ }).click();
  await expect(desk.page).toHaveURL(/\?cursor=/);
  await expect(desk.results.first()).not.toHaveText(first[0] ?? "");
  const second = await desk.results.allTextContents();
  expect(second.filter((uid) => first.includes(uid))).toEqual([]);
});

test("a cursor that is none is a mistake, and said", async ({ desk }) => {
  await desk.open("/?cursor=nonsense", 400);
  await expect(desk.page.getByRole("alert")).toContainText("This cursor was not given out by Orderdesk");
});
