import { order, ordersMarked, unique } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("an order leads to the one before and the one after, in the list it was opened from", async ({ desk, service }) => {
  const mark = unique("WALK");
  const made = [
    order({ track_number: `${mark}1`, payment: { amount: 50 } }),
    order({ track_number: `${mark}2`, payment: { amount: 1000.5 } }),
    order({ track_number: `${mark}3`, payment: { amount: 7 } }),
  ];
  await service.publish(...made);
  const [fifty = "", thousand = "", seven = ""] = made.map(({ uid }) => uid);

  await desk.open(`/?q=${mark}&sort=amount`);
  await desk.result(thousand).click();

  await expect(desk.orderHeading(thousand)).toBeVisible();
  await expect(desk.page).toHaveURL(`/orders/${thousand}?q=${mark}&sort=amount`);
  await expect(desk.walk).toContainText("1 of 3");
  await expect(desk.previous).toHaveCount(0);
  await desk.next.click();
  await expect(desk.orderHeading(fifty)).toBeVisible();
  await expect(desk.walk).toContainText("2 of 3");
  await desk.next.click();
  await expect(desk.orderHeading(seven)).toBeVisible();
  await expect(desk.next).toHaveCount(0);
  await desk.previous.click();
  await expect(desk.orderHeading(fifty)).toBeVisible();
  await desk.walk.getByRole("link", { name: `Results for ${mark}` }).click();
  await expect(desk.results).toHaveText([thousand, fifty, seven]);
});

test("without a list, an order's neighbours are those that arrived before and after", async ({ desk, service }) => {
  const made = [order(), order(), order()];
  await service.publish(...made);
  const [first = "", second = "", third = ""] = made.map(({ uid }) => uid);

  await desk.open(`/orders/${second}`);

  await expect(desk.previous).toHaveAttribute("href", `/orders/${third}`);
  await expect(desk.previous).toHaveAttribute("rel", "prev");
  await expect(desk.next).toHaveAttribute("href", `/orders/${first}`);
  await desk.walk.getByRole("link", { name: "Orders" }).click();
  await expect(desk.result(third)).toBeVisible();
});

test("other orders of the customer, and of the track number, are listed", async ({ desk, service }) => {
  const customer = unique("customer");
  const track = unique("TRACK");
  const others = Array.from({ length: 6 }, () => order({ customer_id: customer }));
  const parcel = order({ customer_id: unique("other"), track_number: track });
  const opened = order({ customer_id: customer, track_number: track });
  await service.publish(...others, parcel, opened);

  await desk.open(`/orders/${opened.uid}`);

  const same = desk.section("Same customer");
  await expect(same).toContainText("6 orders");
  const newest = others.map(({ uid }) => uid).reverse().slice(0, 4);
  await expect(same.getByRole("listitem").getByRole("link")).toContainText(newest);
  await expect(desk.section("Same track number").getByRole("listitem")).toHaveCount(1);
  await desk.section("Same track number").getByRole("listitem").getByRole("link").click();
  await expect(desk.orderHeading(parcel.uid)).toBeVisible();
  await desk.page.goBack();
  await same.getByRole("link", { name: "All as a list" }).click();
  await expect(desk.count).toContainText("7 orders");
});

test("a link's preview does not tell who the customer is", async ({ desk, service }) => {
  const published = order({ delivery: { name: "Anna Petrosyan", city: "Zelenograd", address: "korp. 1435" } });
  await service.publish(published);

  await desk.open(`/orders/${published.uid}`);

  await expect(desk.preview("og:description")).toHaveAttribute("content", /^1 item, 1,817 USD\. Placed /);
  await expect(desk.preview("og:title")).toHaveAttribute("content", `Order ${published.uid}`);
  const head = await desk.head();
  for (const secret of ["Anna", "Petrosyan", "Zelenograd", "1435"]) expect(head).not.toContain(secret);
});

test("the pace of the last minute is drawn and said", async ({ desk, service }) => {
  await service.publish(...ordersMarked(unique("PACE"), 5));
  await desk.open("/");
  await expect(desk.pace).toBeVisible();
  await expect(desk.pace).toHaveAccessibleName(/^Orders stored a second over the last minute: /);
});

test("an order prints as a packing slip", async ({ desk, service }) => {
  const customer = unique("customer");
  const published = order({ customer_id: customer, delivery: { name: "Anna Petrosyan" } });
  await service.publish(order({ customer_id: customer }), published);
  await desk.open(`/orders/${published.uid}`);
  await expect(desk.section("Same customer")).toBeVisible();

  await desk.page.emulateMedia({ media: "print" });

  await expect(desk.page.getByText("Packing slip")).toBeVisible();
  await expect(desk.page.getByText("Packed by")).toBeVisible();
  await expect(desk.section("Delivery")).toContainText("Anna Petrosyan");
  await expect(desk.section("Items").getByRole("table")).toBeVisible();
  for (const part of [desk.walk, desk.section("Same customer"), desk.source, desk.page.getByRole("button").first()]) {
    await expect(part).toBeHidden();
  }
  const pdf = await desk.page.pdf({ preferCSSPageSize: true });
  // One page: the catalogue of pages counts them.
  expect(pdf.toString("latin1")).toContain("/Count 1");
});
