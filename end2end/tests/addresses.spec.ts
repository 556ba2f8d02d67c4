import { order, unique } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

const tails = [
  "a/b", "//", "a b", "100%", "a%41", "%2F", "a?b#c", "a\\b", "a+b", "a&b=c", "a;b,c", "./x", "..",
  "заказ №1", "\"quoted\" 'uid'", "<script>window.hostile=1</script>", "&amp;&lt;", "{{x}}", "📦", "é e\u0301",
];

for (const tail of tails) {
  test(`the order ${JSON.stringify(tail)} has a page that its row leads to`, async ({ desk, service }) => {
    const wanted = order({ order_uid: `${unique()}${tail}` });
    await service.publish(wanted);

    await desk.open("/");
    await desk.results.first().click();
    await expect(desk.orderHeading(wanted.uid)).toBeVisible();
    await desk.expectSource(wanted.text);

    await desk.reload();
    await expect(desk.orderHeading(wanted.uid)).toBeVisible();
    await desk.page.goBack();
    await expect(desk.results.first()).toHaveText(wanted.uid);
  });
}

// Their uids are the same each time: where they were stored long ago, they are not on the first page.
test("the orders . and .. have pages", async ({ desk, emptyService }) => {
  await emptyService.publish(order({ order_uid: "." }), order({ order_uid: ".." }));
  for (const uid of ["..", "."]) {
    await desk.open(emptyService.url);
    await desk.result(uid).click();
    await expect(desk.orderHeading(uid)).toBeVisible();
    await desk.reload();
    await expect(desk.orderHeading(uid)).toBeVisible();
  }
});

test("a uid of 128 characters has a page", async ({ desk, service }) => {
  const wanted = order({ order_uid: unique().padEnd(128, "ж") });
  await service.publish(wanted);

  await desk.open(`/orders/${encodeURIComponent(wanted.uid)}`);

  await expect(desk.orderHeading(wanted.uid)).toBeVisible();
  await desk.expectNoSidewaysScrolling();
});
