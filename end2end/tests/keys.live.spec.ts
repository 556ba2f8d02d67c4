import { order, ordersMarked, unique } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("j and k go through the rows, Enter opens one, Esc leaves them", async ({ desk, service }) => {
  const mark = unique("ROWS");
  const uids = ordersMarked(mark, 60);
  await service.publish(...uids);
  const [first, second, third] = uids.map(({ uid }) => uid).reverse() as [string, string, string];
  await desk.open(`/?q=${mark}`);
  await expect(desk.results).toHaveCount(50);
  const { keyboard } = desk.page;
  await keyboard.press("k");
  await expect(desk.result(first)).toBeFocused();
  await keyboard.press("j");
  await keyboard.press("j");
  await expect(desk.result(third)).toBeFocused();
  await keyboard.press("k");
  await expect(desk.result(second)).toBeFocused();
  // Older orders come as one goes down; the row is never behind what sticks to the edges.
  await keyboard.press("Shift+G");
  await expect(desk.results).toHaveCount(60);
  await keyboard.press("Shift+G");
  await expect(desk.results.last()).toBeFocused();
  await keyboard.press("g");
  await keyboard.press("g");
  await expect(desk.result(first)).toBeFocused();
  const top = await desk.row(first).evaluate((row) => {
    const { left, top, height } = row.getBoundingClientRect();
    return row.contains(document.elementFromPoint(left + 20, top + height / 2));
  });
  expect(top, "the row is in sight").toBe(true);
  await keyboard.press("Escape");
  await desk.expectNoFocus();
  await keyboard.press("j");
  await keyboard.press("Enter");
  await expect(desk.orderHeading(first)).toBeVisible();
});

test("the row one is at stays where it is while orders arrive", async ({ desk, service }) => {
  const before = order();
  await service.publish(before, order());
  await desk.open("/");
  await desk.page.keyboard.press("j");
  await desk.page.keyboard.press("j");
  await expect(desk.result(before.uid)).toBeFocused();
  const place = await desk.row(before.uid).boundingBox();

  await service.publish(order(), order());
  await expect(desk.page.getByRole("button", { name: "Show 2 new orders" })).toBeVisible();
  await desk.page.keyboard.press("Control+k");
  await expect(desk.page.getByRole("dialog")).toBeVisible();
  await service.publish(order());
  await expect(desk.pill).toHaveText("3 new");
  await desk.page.keyboard.press("Escape");

  await expect(desk.result(before.uid)).toBeFocused();
  expect(await desk.row(before.uid).boundingBox()).toEqual(place);
  // Whoever leaves the rows sees what has come.
  await desk.page.keyboard.press("Escape");
  await expect(desk.results.nth(4)).toHaveText(before.uid);
});

test("the rows of the quarantine are gone through too", async ({ desk, service }) => {
  await service.publishMadeUp(12, 31, "--invalid-ratio", "0.9");
  await desk.open("/rejected");
  const links = desk.page.getByRole("region", { name: "List of rejected messages" }).getByRole("listitem").getByRole("link");
  await desk.page.keyboard.press("j");
  await expect(links.first()).toBeFocused();
  await desk.page.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  const address = await links.nth(1).getAttribute("href");
  await desk.page.keyboard.press("Enter");
  await expect(desk.page).toHaveURL(address ?? "none");
});

test("keys are letters where text is written, and nothing with other keys", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/");
  const { keyboard } = desk.page;
  await keyboard.press("/");
  await expect(desk.searchBox).toBeFocused();
  await keyboard.type("jk?/pg");
  await expect(desk.searchBox).toHaveValue("jk?/pg");
  await expect(desk.searchBox).toBeFocused();
  await expect(desk.page.getByRole("dialog")).toHaveCount(0);
  await keyboard.press("Escape");
  await keyboard.press("Escape");
  await expect(desk.searchBox).not.toBeFocused();
  for (const keys of ["Control+j", "Alt+j", "Alt+/", "Control+Shift+K"]) {
    await keyboard.press(keys);
    await desk.expectNoFocus();
  }
  await expect(desk.page.getByRole("dialog")).toHaveCount(0);
});

test("Esc closes the palette first, then a menu, then leaves the box", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/");
  const menu = desk.page.getByRole("group").getByLabel("Columns");
  await menu.click();
  const field = desk.page.getByRole("checkbox", { name: "City" });
  await expect(field).toBeVisible();
  await desk.page.keyboard.press("/");
  await expect(desk.searchBox).toBeFocused();
  await expect(field).toBeVisible();
  await desk.page.keyboard.press("Escape");
  await expect(field).toBeHidden();
  await expect(menu).toBeFocused();
  await desk.page.keyboard.press("/");
  await desk.page.keyboard.press("Control+k");
  await expect(desk.page.getByRole("dialog")).toBeVisible();
  await desk.page.keyboard.press("Escape");
  await expect(desk.page.getByRole("dialog")).toHaveCount(0);
  await expect(desk.searchBox).toBeFocused();
  await desk.page.keyboard.press("Escape");
  await desk.expectNoFocus();
});

test("the keys work in a Cyrillic layout", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted);
  await desk.open("/");
  const press = (key: string, code: string, ctrlKey = false) =>
    desk.page.evaluate(
      (event) => document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { ...event, bubbles: true, cancelable: true })),
      { key, code, ctrlKey },
    );
  await press("о", "KeyJ");
  await expect(desk.result(wanted.uid)).toBeFocused();
  await press("л", "KeyK", true);
  await expect(desk.page.getByRole("dialog", { name: "Go to anything" })).toBeVisible();
});

test("p pauses the stream, and g with a letter goes to a page", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/");
  const pause = desk.page.getByRole("button", { name: "Pause the stream" });
  await desk.page.keyboard.press("p");
  await expect(pause).toHaveAttribute("aria-pressed", "true");
  await desk.page.keyboard.press("p");
  await expect(pause).toHaveAttribute("aria-pressed", "false");
  for (const [letter, path] of [["s", "/status"], ["r", "/rejected"], ["o", "/"]] as const) {
    await desk.page.keyboard.press("g");
    await desk.page.keyboard.press(letter);
    await expect(desk.page).toHaveURL(path);
    await desk.isSettled();
  }
});

test("? shows all keys over the page, and they can be switched off", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted);
  await desk.open("/");
  const help = desk.page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await desk.result(wanted.uid).focus();
  await desk.page.keyboard.press("?");
  for (const what of ["Go to anything", "To the search box", "Next row", "Previous row", "Open the row", "All keys"]) {
    await expect(help).toContainText(what);
  }
  await desk.page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await expect(desk.result(wanted.uid)).toBeFocused();

  await desk.page.keyboard.press("?");
  await help.getByRole("checkbox", { name: /^Single keys act/ }).uncheck();
  await help.getByRole("button", { name: "Close" }).click();
  await desk.reload();
  await desk.page.keyboard.press("j");
  await desk.page.keyboard.press("?");
  await desk.expectNoFocus();
  await desk.page.keyboard.press("Control+k");
  await expect(desk.page.getByRole("dialog", { name: "Go to anything" })).toBeVisible();
  await desk.open("/keys");
  const single = desk.page.getByRole("checkbox", { name: /^Single keys act/ });
  await expect(single).not.toBeChecked();
  await single.check();
  await desk.page.keyboard.press("g");
  await desk.page.keyboard.press("o");
  await expect(desk.page).toHaveURL("/");
});
