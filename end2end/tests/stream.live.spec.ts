import { order, ordersMarked, unique } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("a new order comes to the top without a reload", async ({ desk, service }) => {
  const before = order();
  await service.publish(before);
  await desk.open("/");
  await expect(desk.results.first()).toHaveText(before.uid);
  await desk.page.evaluate(() => {
    Reflect.set(window, "sameDocument", true);
  });

  const after = order({ delivery: { name: "Newly Arrived" } });
  await service.publish(after);

  await expect(desk.results.first()).toHaveText(after.uid);
  await expect(desk.row(after.uid)).toContainText("Newly Arrived");
  expect(await desk.page.evaluate(() => Reflect.get(window, "sameDocument") as unknown)).toBe(true);
});

test("only what matches the lookup comes into its list", async ({ desk, service }) => {
  const mark = unique("LIVE");
  const first = order({ track_number: `${mark}-1` });
  await service.publish(first);
  await desk.open(`/?q=${mark}`);
  await expect(desk.results).toHaveText([first.uid]);

  const other = order();
  const second = order({ track_number: `${mark}-2` });
  await service.publish(other, second);

  await expect(desk.results).toHaveText([second.uid, first.uid]);
});

test("nothing moves under who reads further down: new orders wait behind a pill", async ({ desk, service }) => {
  await service.publish(...ordersMarked(unique("LONG"), 55));
  await desk.open("/");
  await expect(desk.results).toHaveCount(50);
  await desk.page.mouse.move(5, 5);
  await desk.page.evaluate(() => {
    window.scrollTo(0, 600);
  });
  const shown = await desk.results.allTextContents();

  const late = [order(), order(), order()];
  await service.publish(...late);

  const pill = desk.page.getByRole("button", { name: "Show 3 new orders" });
  await expect(pill).toBeVisible();
  await expect(desk.results).toHaveText(shown);
  await pill.click();
  await expect(desk.results.first()).toHaveText(late[2]?.uid ?? "");
  await expect(pill).toBeHidden();
  await expect.poll(() => desk.page.evaluate(() => window.scrollY)).toBe(0);
  await expect(desk.results).toHaveCount(50);
});

test("a paused list stays as it is until it goes on", async ({ desk, service }) => {
  const before = order();
  await service.publish(before);
  await desk.open("/");
  await expect(desk.results.first()).toHaveText(before.uid);
  const pause = desk.page.getByRole("button", { name: "Pause the stream" });
  await pause.click();
  await expect(pause).toHaveAttribute("aria-pressed", "true");
  await desk.page.mouse.move(5, 5);

  const after = order();
  await service.publish(after);

  await expect(desk.page.getByRole("button", { name: "Show 1 new order" })).toBeVisible();
  await expect(desk.results.first()).toHaveText(before.uid);
  await pause.click();
  await expect(desk.results.first()).toHaveText(after.uid);
});

test("a burst is shown in a list that stays short", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/");
  const uids = await service.publishMadeUp(400, 21);

  await expect(desk.results.first()).toHaveText(uids.at(-1) ?? "");
  await expect(desk.results).toHaveText(uids.slice(-50).reverse());
});

test("the stream's loss is said, and what was missed comes when it is back", async ({ desk, service }) => {
  const before = order();
  await service.publish(before);
  await desk.open("/");
  await expect(desk.results.first()).toHaveText(before.uid);
  desk.watch.expectLostStream();

  await service.killProcess();
  await expect(desk.page.getByRole("status").filter({ hasText: "Stream lost" })).toBeVisible();
  const missed = [order(), order()];
  await service.send(...missed);
  await service.startProcess();

  await expect(desk.results.first()).toHaveText(missed[1]?.uid ?? "", { timeout: 20_000 });
  await expect(desk.result(missed[0]?.uid ?? "")).toBeVisible();
  await expect(desk.page.getByText("Stream lost")).toBeHidden();
});
