import { order, ordersMarked, unique } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

const WIDE = { width: 1920, height: 1000 };

test.describe("in a wide window", () => {
  test.use({ viewport: WIDE });

  test("a press on a row shows its order beside the list, a second one opens it", async ({ desk, service }) => {
    const mark = unique("PEEK");
    const wanted = order({ track_number: mark, delivery: { name: "Anna Petrosyan", phone: "+7 916 555-01-42" }, payment: { amount: 2000 } });
    const other = order({ track_number: mark });
    await service.publish(wanted, other);
    await desk.open(`/?q=${mark}`);
    await expect(desk.peekHint).toBeVisible();

    await desk.result(wanted.uid).click();

    await expect(desk.peek).toContainText(wanted.uid);
    await expect(desk.peek.getByRole("heading", { name: "Anna Petrosyan" })).toBeVisible();
    for (const part of ["2,000", "+7 916 555-01-42", "Mascaras"]) await expect(desk.peek).toContainText(part);
    await expect(desk.peekHint).toBeHidden();
    await expect(desk.row(wanted.uid)).toHaveAttribute("aria-current", "true");
    await expect(desk.page).toHaveURL(`/?q=${mark}`);

    await desk.result(other.uid).click();
    await expect(desk.peek).toContainText(other.uid);
    await expect(desk.row(wanted.uid)).not.toHaveAttribute("aria-current");
    await expect(desk.peek.getByRole("link", { name: "Open" })).toHaveAttribute("href", `/orders/${other.uid}?q=${mark}`);

    await desk.result(other.uid).click();
    await expect(desk.orderHeading(other.uid)).toBeVisible();
  });

  test("Esc closes it, and a focus within goes back to the row", async ({ desk, service }) => {
    const wanted = order();
    await service.publish(wanted);
    await desk.open(`/?q=${wanted.uid}`);
    await desk.result(wanted.uid).click();
    await expect(desk.peek).toContainText(wanted.uid);
    await desk.peek.getByRole("link", { name: "Open" }).focus();

    await desk.page.keyboard.press("Escape");

    await expect(desk.peekHint).toBeVisible();
    await expect(desk.peek).not.toContainText(wanted.uid);
    await expect(desk.row(wanted.uid)).not.toHaveAttribute("aria-current");
    await expect(desk.result(wanted.uid)).toBeFocused();
  });

  test("Enter and a press with Ctrl open the page", async ({ desk, service, context }) => {
    const wanted = order();
    await service.publish(wanted);
    await desk.open(`/?q=${wanted.uid}`);

    const opened = context.waitForEvent("page");
    await desk.result(wanted.uid).click({ modifiers: ["ControlOrMeta"] });
    await expect((await opened).getByRole("heading", { level: 1 })).toContainText(wanted.uid);
    await expect(desk.peekHint).toBeVisible();

    await desk.result(wanted.uid).focus();
    await desk.page.keyboard.press("Enter");
    await expect(desk.orderHeading(wanted.uid)).toBeVisible();
  });

  test("the chosen order stays beside a list that holds it, and goes with it", async ({ desk, service }) => {
    const mark = unique("STAY");
    const [first = order(), second = order()] = ordersMarked(mark, 2);
    await service.publish(first, second);
    await desk.open(`/?q=${mark}`);
    await desk.result(first.uid).click();
    await expect(desk.peek).toContainText(first.uid);

    await desk.find(`${mark}-0000`);
    await expect(desk.results).toHaveText([first.uid]);
    await expect(desk.row(first.uid)).toHaveAttribute("aria-current", "true");
    await expect(desk.peek).toContainText(first.uid);

    await desk.find(`${mark}-0001`);
    await expect(desk.results).toHaveText([second.uid]);
    await expect(desk.peekHint).toBeVisible();
  });

  test("an event chooses a row too", async ({ desk, service }) => {
    const wanted = order();
    await service.publish(wanted);
    await desk.open(`/?q=${wanted.uid}`);

    await desk.row(wanted.uid).dispatchEvent("orderdesk:choose", { bubbles: true });

    await expect(desk.peek).toContainText(wanted.uid);
  });

  test("an order that is gone is said to be", async ({ desk, service }) => {
    const wanted = order();
    await service.publish(wanted);
    await desk.open(`/?q=${wanted.uid}`);
    desk.watch.expectStatus(`/desk/peek?uid=gone&q=${wanted.uid}`, 404);
    await desk.row(wanted.uid).evaluate((row) => {
      row.setAttribute("data-uid", "gone");
    });

    await desk.row(wanted.uid).dispatchEvent("orderdesk:choose", { bubbles: true });

    await expect(desk.peek).toContainText("There is no such order any more.");
  });
});

test("in a narrow window a press opens the page", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted);
  await desk.open(`/?q=${wanted.uid}`);
  await expect(desk.peek).toBeHidden();
  await desk.result(wanted.uid).click();
  await expect(desk.orderHeading(wanted.uid)).toBeVisible();
});

test("the pace follows what arrives", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/");
  await expect(desk.pace).toBeVisible();
  const before = await desk.pace.getAttribute("aria-label");

  await service.publish(...ordersMarked(unique("FAST"), 90));

  await expect.poll(() => desk.pace.getAttribute("aria-label"), { timeout: 15_000 }).not.toBe(before);
  await expect(desk.pace).toHaveAccessibleName(/: 0 to \d+, now \d+$/);
});
