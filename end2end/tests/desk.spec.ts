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

  // Wide enough for every column.
  await desk.page.setViewportSize({ width: 1760, height: 900 });
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
  await expect(desk.count).toContainText("120 orders");
  await expect(desk.results).toHaveText(expected.slice(0, 50));

  await desk.openNext();
  await expect(desk.results).toHaveText(expected.slice(50, 100));
  await expect(desk.count).toContainText("120 orders");
  await expect(desk.page).toHaveURL(new RegExp(`\\?q=${mark}&cursor=`));

  await desk.openNext();
  await expect(desk.results).toHaveText(expected.slice(100));
  await expect(desk.page.getByRole("link", { name: /^Next/ })).toHaveCount(0);

  await desk.reload();
  await expect(desk.results).toHaveText(expected.slice(100));
  await desk.page.goBack();
  await expect(desk.results).toHaveText(expected.slice(50, 100));

  await desk.page.getByRole("link", { name: "Back to the top" }).click();
  await expect(desk.results).toHaveText(expected.slice(0, 50));
  await expect(desk.page).toHaveURL(`/?q=${mark}`);
});

test("a cursor that is none is a mistake, and said", async ({ desk }) => {
  await desk.open("/?cursor=nonsense", 400);
  await expect(desk.page.getByRole("alert")).toContainText("This cursor was not given out by Orderdesk");
});

test("the list is sorted by what its headings say", async ({ desk, service }) => {
  const mark = unique("SORT");
  const made = [
    order({ track_number: `${mark}1`, payment: { amount: 50 }, date_created: "2024-01-01T00:00:00Z" }),
    order({ track_number: `${mark}2`, payment: { amount: 1000.5 }, date_created: "2023-01-01T00:00:00Z" }),
    order({ track_number: `${mark}3`, payment: { amount: 7 }, date_created: "2025-01-01T00:00:00Z" }),
  ];
  await service.publish(...made);
  const uids = made.map(({ uid }) => uid);
  const [first = "", second = "", third = ""] = uids;

  await desk.page.setViewportSize({ width: 1760, height: 900 });
  await desk.open(`/?q=${mark}`);
  await expect(desk.results).toHaveText([third, second, first]);
  await desk.table.getByRole("link", { name: "Amount" }).click();
  await expect(desk.results).toHaveText([second, first, third]);
  await expect(desk.page).toHaveURL(/sort=amount/);
  await expect(desk.table.getByRole("columnheader", { name: "Amount" })).toHaveAttribute("aria-sort", "descending");
  await desk.table.getByRole("link", { name: "Placed" }).click();
  await expect(desk.results).toHaveText([third, first, second]);
  await desk.page.goBack();
  await expect(desk.results).toHaveText([second, first, third]);
  await desk.reload();
  await expect(desk.results).toHaveText([second, first, third]);
});
