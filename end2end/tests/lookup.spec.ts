import { order, unique } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("finds an order by its whole uid", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted, order());

  await desk.open("/");
  await desk.find(wanted.uid);

  await expect(desk.results).toHaveText([wanted.uid]);
  await expect(desk.count).toContainText("1 order");
  await expect(desk.page).toHaveURL(`/?q=${wanted.uid}`);
  await expect(desk.page).toHaveTitle(`Orders: ${wanted.uid} · Orderdesk`);
});

test("finds orders by part of a uid, in any case", async ({ desk, service }) => {
  const part = unique("part");
  const orders = [order({ order_uid: `${part}-1` }), order({ order_uid: `x-${part}` })];
  await service.publish(...orders, order());

  await desk.open("/");
  await desk.searchBox.fill(part.toUpperCase());
  await desk.searchButton.click();

  await expect(desk.results).toHaveText([`x-${part}`, `${part}-1`]);
  await expect(desk.marks(`x-${part}`)).toHaveText(part);
});

test("finds orders by part of a track number", async ({ desk, service }) => {
  const part = unique("TRACK").toUpperCase();
  const wanted = order({ track_number: `WBIL${part}END` });
  await service.publish(wanted, order());

  await desk.open("/");
  await desk.lookUp(part.toLowerCase());

  await expect(desk.results).toHaveText([wanted.uid]);
  await expect(desk.marks(wanted.uid)).toHaveText(part);
});

test("the order with just this uid comes before others that hold it", async ({ desk, service }) => {
  const uid = unique("just");
  await service.publish(order({ order_uid: uid }), order({ order_uid: `${uid}-longer` }));

  await desk.open(`/?q=${uid}`);

  await expect(desk.results).toHaveText([uid, `${uid}-longer`]);
});

test("what was asked stays in the address, on reload and on Back", async ({ desk, service }) => {
  const first = order();
  const second = order();
  await service.publish(first, second);

  // Part of a number: the whole of one and Enter would open the order.
  const [one, other] = [first.uid.slice(0, -1), second.uid.slice(0, -1)];
  await desk.open("/");
  await desk.lookUp(one);
  await expect(desk.results).toHaveText([first.uid]);
  await desk.lookUp(other);
  await expect(desk.results).toHaveText([second.uid]);

  await desk.reload();
  await expect(desk.results).toHaveText([second.uid]);
  await expect(desk.searchBox).toHaveValue(other);

  await desk.page.goBack();
  await expect(desk.results).toHaveText([first.uid]);
  await expect(desk.searchBox).toHaveValue(one);

  await desk.page.goBack();
  await expect(desk.page).toHaveURL("/");
  await expect(desk.result(second.uid)).toBeVisible();
  await expect(desk.searchBox).toHaveValue("");

  await desk.page.goForward();
  await expect(desk.results).toHaveText([first.uid]);
});

test("blanks around what is typed do not count", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted);

  await desk.open("/");
  await desk.find(`  ${wanted.uid} `);

  await expect(desk.results).toHaveText([wanted.uid]);
});

test("says that nothing was found, and leads back", async ({ desk, service }) => {
  await service.publish(order());
  const wanted = unique("nothing");

  await desk.open("/");
  await desk.lookUp(wanted);

  await expect(desk.main.getByText(`No order is like “${wanted}”.`)).toBeVisible();
  await expect(desk.count).toContainText("No orders");
  await desk.main.getByRole("link", { name: "All orders" }).click();
  await expect(desk.results.first()).toBeVisible();
  await expect(desk.page).toHaveURL("/");
});

test("says what is wrong with a text that is too long", async ({ desk, service }) => {
  await service.publish(order());
  const long = "a".repeat(501);
  // Without scripts the form is sent, and the mistake is the document's status.
  desk.watch.expectStatus(`/?q=${long}`, 400);

  await desk.open("/");
  await desk.lookUp(long);

  await expect(desk.page.getByRole("alert")).toHaveText("The search is longer than 500 characters. Leave something out.");
  await expect(desk.searchBox).toHaveValue(long);
  await expect(desk.searchBox).toHaveAttribute("aria-invalid", "true");
  await expect(desk.searchBox).toHaveAccessibleDescription(/longer than 500 characters/);
  await expect(desk.page).toHaveURL(`/?q=${long}`);
});

test("a mistake in the address is said, with status 400", async ({ desk }) => {
  await desk.open(`/?q=${"a".repeat(501)}`, 400);
  await expect(desk.page.getByRole("alert")).toBeVisible();
  await desk.open("/?q=a%00b", 400);
  await expect(desk.page.getByRole("alert")).toContainText("holds a character that no order can hold");
});

for (const text of ["100%", "a+b c", "ключ №", '"quoted" <b>', "&q=x", "#part", "%41", "<script>window.hostile=1</script>"]) {
  test(`looks up ${text} as it was typed`, async ({ desk, service }) => {
    const wanted = order({ order_uid: `${unique()} ${text}` });
    await service.publish(wanted, order());

    await desk.open("/");
    await desk.find(wanted.uid);

    await expect(desk.results).toHaveText([wanted.uid]);
    await expect(desk.searchBox).toHaveValue(wanted.uid);
    await expect(desk.page).toHaveURL(/[?]q=/);
    await desk.reload();
    await expect(desk.results).toHaveText([wanted.uid]);
    await expect(desk.searchBox).toHaveValue(wanted.uid);
  });
}

test("/wb has the lookup too", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted, order());

  await desk.open("/wb");
  await expect(desk.result(wanted.uid)).toBeVisible();
  await desk.find(wanted.uid);

  await expect(desk.results).toHaveText([wanted.uid]);
});
