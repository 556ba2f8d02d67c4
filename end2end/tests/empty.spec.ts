import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("before the first order the desk says how to publish one", async ({ desk, emptyService, hasScripts }) => {
  await desk.open(`${emptyService.url}/`);

  await expect(desk.page.getByRole("heading", { name: "No orders yet" })).toBeVisible();
  await expect(desk.main).toContainText("Connected, listening on channel updates");
  await expect(desk.main).toContainText('make publish ARGS="--count 1"');

  const first = order();
  await emptyService.publish(first);
  if (!hasScripts) await desk.reload();
  await expect(desk.results).toHaveText([first.uid]);
  await expect(desk.count).toContainText("1 order");
});

test("a lookup before the first order finds nothing", async ({ desk, emptyService }) => {
  await desk.open(`${emptyService.url}/?q=anything`);
  await expect(desk.main.getByText("No order is like “anything”.")).toBeVisible();
});
