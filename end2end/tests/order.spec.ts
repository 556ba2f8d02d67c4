import { readFileSync } from "node:fs";

import { item, order, orderValue, unique } from "../support/orders.ts";
import { modelOrderFile } from "../support/service.ts";
import { expect, test } from "../support/test.ts";

test("shows everything of the order of the task", async ({ desk, service }) => {
  const { uid } = await service.publishModelOrder();

  await desk.open(`/orders/${uid}`);

  await expect(desk.page).toHaveTitle(`Order ${uid} · Orderdesk`);
  await expect(desk.orderHeading(uid)).toBeVisible();
  await expect(desk.section("Delivery")).toMatchAriaSnapshot(`
    - region "Delivery":
      - term: Name
      - definition: Test Testov
      - term: Phone
      - definition:
        - link "+9720000000"
      - term: E-mail
      - definition:
        - link "test@gmail.com"
      - term: Address
      - definition: Ploshad Mira 15
      - term: City
      - definition: Kiryat Mozkin
      - term: Region
      - definition: Kraiot
      - term: Zip
      - definition: "2639809"
      - term: Service
      - definition: meest
      - term: Track
      - definition: WBILMTESTTRACK
  `);
  await expect(desk.section("Payment")).toMatchAriaSnapshot(`
    - region "Payment":
      - term: Paid
      - definition:
        - time: 26 Nov 2021, 06:22:07
        - text: UTC
      - term: Provider
      - definition:
        - text: wbpay
      - term: Bank
      - definition:
        - text: alpha
      - term: Transaction
      - definition:
        - text: b563feb7b2b84b6test
      - term: Request
      - definition: empty
      - term: Goods, 1 item
      - definition:
        - text: "317"
      - term: Delivery
      - definition:
        - text: 1,500
      - term: Custom fee
      - definition:
        - text: "0"
      - term: Amount
      - definition:
        - text: 1,817 USD
  `);
  await expect(desk.section("Items")).toMatchAriaSnapshot(`
    - region "Items":
      - heading "Items"
      - region "Table of items":
        - table:
          - rowgroup:
            - row:
              - columnheader "Item"
              - columnheader "Article"
              - columnheader "Variant"
              - columnheader "Status"
              - columnheader "Price"
              - columnheader "Sale"
              - columnheader "Total, USD"
          - rowgroup:
            - row:
              - rowheader /Mascaras Vivienne Sabo · size 0/
              - cell /^2389212( Copy article)?$/
              - cell /^9934930( Copy variant)?$/
              - cell "202"
              - cell "453"
              - cell "30%"
              - cell "317"
  `);
  await expect(desk.section("Other fields")).toMatchAriaSnapshot(`
    - term: Customer id
    - definition: test
    - term: Entry
    - definition: WBIL
    - term: Locale
    - definition: en
    - term: Shard key
    - definition: "9"
    - term: sm_id
    - definition: "99"
    - term: oof_shard
    - definition: "1"
  `);
  await desk.expectSource(readFileSync(modelOrderFile, "utf8"));
});

test("the JSON link gives the published bytes", async ({ desk, service }) => {
  const { uid, text } = await service.publishModelOrder();
  await desk.open(`/orders/${uid}`);

  const href = await desk.page.getByRole("link", { name: "JSON" }).getAttribute("href");
  const response = await desk.page.request.get(href ?? "");

  expect(response.headers()["content-type"]).toBe("application/json");
  expect(await response.text()).toBe(text);
});

test("adds the items up", async ({ desk, service }) => {
  const published = order({
    payment: { currency: "RUB", amount: 1832.3, goods_total: 332.3, delivery_cost: 1500, custom_fee: 0 },
    items: [
      { ...item, name: "First", total_price: 317.1 },
      { ...item, name: "Second", total_price: 15.2 },
    ],
  });
  await service.publish(published);

  await desk.open(`/orders/${published.uid}`);

  const items = desk.section("Items");
  await expect(items.getByRole("row")).toHaveCount(4);
  await expect(items.getByRole("row", { name: "All 2 items" }).getByRole("cell", { name: "332.3" })).toBeVisible();
  await expect(desk.section("Payment")).toContainText("Adds up");
});

test("says where the figures do not add up", async ({ desk, service }) => {
  const published = order({ payment: { amount: 2000 } });
  await service.publish(published);

  await desk.open(`/orders/${published.uid}`);

  await expect(desk.section("Payment")).toContainText("1,817");
  await expect(desk.section("Payment")).not.toContainText("Adds up");
});

test("an order of the least that is required has a page", async ({ desk, service }) => {
  const uid = unique("least");
  const text = JSON.stringify({
    order_uid: uid,
    track_number: unique("T"),
    delivery: {},
    payment: {},
    items: [],
    date_created: "2021-11-26T06:22:19+03:00",
  });
  await service.publish({ uid, text });

  await desk.open(`/orders/${uid}`);

  await expect(desk.orderHeading(uid)).toBeVisible();
  await expect(desk.main.getByText("This order has no items.")).toBeVisible();
  await expect(desk.main.getByText("26 Nov 2021, 03:22").first()).toBeVisible();
  await desk.expectSource(text);
});

const value = orderValue({ note: "héllo   'x' \u2028 & <b>" });
const documents = {
  "indented, with line breaks": JSON.stringify(value, null, 2),
  "with carriage returns": JSON.stringify(value, null, 2).replaceAll("\n", "\r\n"),
  "with tabs": JSON.stringify(value, null, "\t"),
  "with blank lines around it": `\n\n  ${JSON.stringify(value)}  \n\n`,
  "with escapes, odd numbers and the same key twice": JSON.stringify(value)
    .replace('"note":', '"note":"\\u0041\\/\\"","sm":1.0e2,"note":')
    .replace("1500", "1500.00"),
};
for (const [name, text] of Object.entries(documents)) {
  test(`a document ${name} is shown to the byte`, async ({ desk, service }) => {
    const uid = unique("bytes");
    const published = { uid, text: text.replace(value.order_uid, uid) };
    await service.publish(published);

    await desk.open(`/orders/${uid}`);
    await desk.expectSource(published.text);

    await desk.open(`/?q=${uid}`);
    await desk.result(uid).click();
    await desk.expectSource(published.text);
  });
}

test("a list leads to an order and back", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted);

  await desk.open(`/?q=${wanted.uid}`);
  await desk.result(wanted.uid).click();

  await expect(desk.orderHeading(wanted.uid)).toBeVisible();
  await expect(desk.page).toHaveURL(`/orders/${wanted.uid}?q=${wanted.uid}`);
  await desk.page.goBack();
  await expect(desk.results).toHaveText([wanted.uid]);
  await desk.page.goForward();
  await expect(desk.orderHeading(wanted.uid)).toBeVisible();
  await desk.walk.getByRole("link", { name: /^Results/ }).click();
  await expect(desk.result(wanted.uid)).toBeVisible();
});
