import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { order, unique } from "../support/orders.ts";
import { Palette } from "../support/palette.ts";
import { expect, test } from "../support/test.ts";

// axe looks at each page nine times, and at a long one for some seconds.
test.describe.configure({ timeout: 240_000 });

// What fades or slides has its final colour at once.
test.use({ contextOptions: { reducedMotion: "reduce" } });

/** Rules whose answer depends on colours; all others give the same in each. */
const ABOUT_COLOURS = ["color-contrast", "link-in-text-block"];

const LOOKS = {
  light: { colorScheme: "light", forcedColors: "none" },
  dark: { colorScheme: "dark", forcedColors: "none" },
  "forced colours": { colorScheme: "dark", forcedColors: "active" },
} as const;

async function expectNoViolations(page: Page, widths = [320, 768, 1440]): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    for (const [look, media] of Object.entries(LOOKS)) {
      await page.emulateMedia({ ...media, reducedMotion: "reduce" });
      const axe = new AxeBuilder({ page });
      const { violations } = await (look === "light" ? axe : axe.withRules(ABOUT_COLOURS)).analyze();
      const found = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) }));
      expect.soft(found, `${look}, ${width} wide`).toEqual([]);
    }
  }
}

test("the desk", async ({ desk, service }) => {
  await service.publishMadeUp(60, 11);
  await desk.open("/");
  await expect(desk.results).toHaveCount(50);
  await expectNoViolations(desk.page);
});

test("the desk with a lookup", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted);
  await desk.open(`/?q=${wanted.uid.slice(0, 8)}`);
  await expect(desk.result(wanted.uid)).toBeVisible();
  await expectNoViolations(desk.page);
});

test("the desk with older orders", async ({ desk, service }) => {
  await service.publishMadeUp(60, 12);
  await desk.open("/");
  const next = await desk.page.getByRole("link", { name: "Next 50" }).getAttribute("href");
  await desk.open(next ?? "");
  await expect(desk.page.getByRole("link", { name: "Back to the top" })).toBeVisible();
  await expectNoViolations(desk.page);
});

test("an empty result", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open(`/?q=${unique("nothing")}`);
  await expect(desk.main).toContainText("No order is like");
  await expectNoViolations(desk.page);
});

test("a mistake", async ({ desk }) => {
  await desk.open(`/?q=${"a".repeat(501)}`, 400);
  await expectNoViolations(desk.page);
});

test("the desk before the first order", async ({ desk, emptyService }) => {
  await desk.open(`${emptyService.url}/`);
  await expect(desk.page.getByRole("heading", { name: "No orders yet" })).toBeVisible();
  await expectNoViolations(desk.page);
});

test("an order", async ({ desk, service }) => {
  const { uid } = await service.publishModelOrder();
  await desk.open(`/orders/${uid}`);
  await expectNoViolations(desk.page);
});

test("an order whose figures do not add up", async ({ desk, service }) => {
  const published = order({ payment: { amount: 2000 } });
  await service.publish(published);
  await desk.open(`/orders/${published.uid}`);
  await expectNoViolations(desk.page);
});

test("an order with others beside it, opened from a list", async ({ desk, service }) => {
  const customer = unique("customer");
  const made = Array.from({ length: 3 }, () => order({ customer_id: customer, track_number: customer }));
  await service.publish(...made);
  await desk.open(`/orders/${made[1]?.uid ?? ""}?q=${customer}`);
  await expect(desk.section("Same customer")).toBeVisible();
  await expect(desk.next).toBeVisible();
  await expectNoViolations(desk.page);
});

test("the desk with a chosen order beside it", async ({ desk, service }) => {
  const wanted = order({ payment: { amount: 2000 } });
  await service.publish(wanted);
  await desk.page.setViewportSize({ width: 1920, height: 900 });
  await desk.open(`/?q=${wanted.uid}`);
  await expectNoViolations(desk.page, [1920]);
  await desk.page.setViewportSize({ width: 1920, height: 900 });
  await desk.result(wanted.uid).click();
  await expect(desk.peek).toContainText(wanted.uid);
  await expectNoViolations(desk.page, [1920, 2560, 3840]);
});

test("an order that is not there", async ({ desk }) => {
  await desk.open(`/orders/${unique("missing")}`, 404);
  await expectNoViolations(desk.page);
});

test("an address that is nothing's", async ({ desk }) => {
  await desk.open("/nowhere", 404);
  await expectNoViolations(desk.page);
});

test("the status page", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/status");
  await expect(desk.page.getByRole("figure")).toHaveCount(3);
  await expectNoViolations(desk.page);
});

test("a mistake in a search", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/?q=amont%3A5", 400);
  await expect(desk.page.getByRole("alert")).toBeVisible();
  await expectNoViolations(desk.page);
});

test("the description of the API", async ({ desk }) => {
  await desk.open("/api/docs");
  await expect(desk.page.getByRole("heading", { name: "API" })).toBeVisible();
  await expectNoViolations(desk.page);
});

test("the menus of the list, and what the box offers", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/?q=city%3Amozkin");
  await desk.page.getByRole("group").getByLabel("Columns").click();
  await expectNoViolations(desk.page);
  await desk.page.keyboard.press("Escape");
  await desk.searchBox.fill("c");
  await expect(desk.page.getByRole("option").first()).toBeVisible();
  await expectNoViolations(desk.page);
});

test("the settings", async ({ desk }) => {
  await desk.open("/");
  await desk.page.getByRole("group").getByLabel("Settings").click();
  await expect(desk.page.getByRole("radio", { name: "Auto" })).toBeVisible();
  await expectNoViolations(desk.page);
});

test("the palette: what it offers, what it found, nothing", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted);
  await desk.open(`/orders/${wanted.uid}`);
  const { page } = desk;
  const { box, dialog, lines } = new Palette(page);
  await page.keyboard.press("Control+k");
  for (const [typed, expected] of [["", /All orders/], ["test", /Test Testov/], [wanted.uid, wanted.uid]] as const) {
    await box.fill(typed);
    await expect(lines.filter({ hasText: expected }).first()).toBeVisible();
    await expectNoViolations(desk.page);
  }
  await box.fill(unique("nothing"));
  await expect(dialog).toContainText("No order, filter or command is like");
  await expectNoViolations(desk.page);
});

test("all keys, over a page and on their own", async ({ desk }) => {
  await desk.open("/status");
  await desk.page.keyboard.press("?");
  await expect(desk.page.getByRole("dialog")).toContainText("Next row");
  await expectNoViolations(desk.page);
  await desk.open("/keys");
  await expectNoViolations(desk.page);
});

test("the quarantine", async ({ desk, service }) => {
  await service.publishMadeUp(30, 13, "--invalid-ratio", "0.5");
  await desk.open("/rejected?state=all");
  await expect(desk.page.getByRole("region", { name: "List of rejected messages" }).getByRole("link").first()).toBeVisible();
  await expectNoViolations(desk.page);
});

test("a rejected message, its discarding open", async ({ desk, service }) => {
  await service.runPublisher(["--file", "-", "--raw"], '{"order_uid":"a","track_number":1}');
  await expect
    .poll(async () => (await fetch(`${service.url}/api/rejected/1`)).status)
    .toBe(200);
  await desk.open("/rejected/1");
  await desk.page.getByText("Discard", { exact: true }).click();
  await expectNoViolations(desk.page);
  await desk.page.getByText("Hex", { exact: true }).click();
  await expectNoViolations(desk.page);
});

test.describe("in Russian", () => {
  test.use({ locale: "ru-RU", timezoneId: "Europe/Moscow" });

  test("the desk, with its settings open", async ({ desk, service }) => {
    await service.publishMadeUp(60, 14);
    await desk.open("/");
    await expect(desk.results).toHaveCount(50);
    await desk.page.getByRole("group").getByLabel("Настройки").click();
    await expect(desk.page.getByRole("button", { name: "English" })).toBeVisible();
    await expectNoViolations(desk.page);
  });

  test("an order", async ({ desk, service }) => {
    const { uid } = await service.publishModelOrder();
    await desk.open(`/orders/${uid}`);
    await expectNoViolations(desk.page);
  });

  test("a mistake in a search", async ({ desk, service }) => {
    await service.publish(order());
    await desk.open("/?q=amont%3A5", 400);
    await expectNoViolations(desk.page);
  });

  test("the status page", async ({ desk, service }) => {
    await service.publish(order());
    await desk.open("/status");
    await expect(desk.page.getByRole("figure")).toHaveCount(3);
    await expectNoViolations(desk.page);
  });

  test("the quarantine, and a message of it", async ({ desk, service }) => {
    await service.publishMadeUp(30, 15, "--invalid-ratio", "0.5");
    await desk.open("/rejected?state=all");
    const messages = desk.page.getByRole("region", { name: "Список отклонённых сообщений" }).getByRole("link");
    await expect(messages.first()).toBeVisible();
    await expectNoViolations(desk.page);
    await messages.first().click();
    await desk.isSettled();
    await expectNoViolations(desk.page);
  });

  test("an address that is nothing's", async ({ desk }) => {
    await desk.open("/nowhere", 404);
    await expect(desk.page.getByRole("heading", { name: "Здесь нет страницы" })).toBeVisible();
    await expectNoViolations(desk.page);
  });
});
