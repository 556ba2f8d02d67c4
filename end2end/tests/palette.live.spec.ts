import { order, unique } from "../support/orders.ts";
import { Palette } from "../support/palette.ts";
import { expect, test } from "../support/test.ts";

test("Ctrl-K opens it, Esc closes it, and the focus is where it was", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted);
  await desk.open("/");
  const { dialog, box } = new Palette(desk.page);
  const stops = [desk.searchBox, desk.result(wanted.uid), desk.page.getByRole("button", { name: "Go to" })];
  for (const stop of stops) {
    await stop.focus();
    await desk.page.keyboard.press("Control+k");
    await expect(box).toBeFocused();
    await desk.page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(stop).toBeFocused();
  }
  await desk.page.keyboard.press("Enter");
  await expect(box).toBeFocused();
  await desk.page.keyboard.press("Control+k");
  await expect(dialog).toBeHidden();
  // A press beside it closes it too.
  await desk.page.keyboard.press("Control+k");
  await expect(dialog).toBeVisible();
  await desk.page.mouse.click(5, 400);
  await expect(dialog).toBeHidden();
});

test("an order is opened by its number, or its track number, and Enter", async ({ desk, service }) => {
  const wanted = order();
  await service.publish(wanted, order());
  const { track_number: track } = JSON.parse(wanted.text) as { track_number: string };
  const here = new Palette(desk.page);
  for (const [start, text] of [["/status", wanted.uid], ["/", track.toLowerCase()]] as const) {
    await desk.open(start);
    await here.open();
    // Enter is not slower than the answer: it waits for it.
    await here.box.fill(text);
    await here.box.press("Enter");
    await expect(desk.orderHeading(wanted.uid)).toBeVisible();
  }
});

test("it finds orders by a part, marks what was typed, and leads to the whole list", async ({ desk, service }) => {
  const name = `Vivi${unique("")}`;
  const orders = Array.from({ length: 7 }, () => order({ delivery: { name: `${name} Okafor` } }));
  await service.publish(...orders);
  await desk.open("/");
  const here = new Palette(desk.page);
  await here.open();
  await here.box.fill(name.toLowerCase());

  const found = here.group("Orders").getByRole("option");
  await expect(found).toHaveCount(6);
  await expect(here.marks(found.first())).toHaveText(name);
  await expect(found.first()).toContainText(orders[6]?.uid ?? "");
  await expect(found.last()).toContainText(`Search for “${name.toLowerCase()}”`);
  await expect(found.last()).toContainText("7 orders");
  const filter = here.group("Filters").getByRole("option");
  await expect(filter).toContainText([`customer:${name.toLowerCase()}`]);
  await expect(filter).toHaveAttribute("aria-selected", "true");

  // The list is shown without loading the page anew.
  await desk.page.evaluate(() => {
    Reflect.set(window, "sameDocument", true);
  });
  await found.last().click();
  await expect(desk.results).toHaveCount(7);
  await expect(desk.searchBox).toHaveValue(name.toLowerCase());
  await expect(here.dialog).toBeHidden();
  expect(await desk.page.evaluate(() => Reflect.get(window, "sameDocument") as unknown)).toBe(true);
});

test("values of fields are offered as filters", async ({ desk, service }) => {
  const city = `${unique("Town")} North`;
  await service.publish(order({ delivery: { city } }), order());
  await desk.open("/status");
  const here = new Palette(desk.page);
  await here.open();
  await here.box.fill(city.toUpperCase().slice(0, -2));
  await expect(here.chosen).toContainText(`City is “${city}”`);
  await expect(here.chosen).toContainText("1 order");
  await here.box.press("Enter");
  await expect(desk.searchBox).toHaveValue(`city:="${city}"`);
  await expect(desk.results).toHaveCount(1);

  // What names fields is a filter itself.
  await here.open();
  await here.box.fill(`city:="${city}" amount:>5`);
  await expect(here.chosen).toContainText(`City is “${city}”, Amount over “5”`);
  await here.box.press("Enter");
  await expect(desk.results).toHaveCount(1);
  await expect(desk.searchBox).toHaveValue(`city:="${city}" amount:>5`);
});

test("the arrows choose, round the ends, and the box keeps the focus", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/status");
  const here = new Palette(desk.page);
  await here.open();
  const count = await here.lines.count();
  await expect(here.lines.first()).toHaveAttribute("aria-selected", "true");
  await here.box.press("ArrowUp");
  await expect(here.lines.nth(count - 1)).toHaveAttribute("aria-selected", "true");
  await expect(here.lines.nth(count - 1)).toBeInViewport();
  await here.box.press("ArrowDown");
  await here.box.press("ArrowDown");
  await expect(here.lines.nth(1)).toHaveAttribute("aria-selected", "true");
  await expect(here.chosen).toHaveCount(1);
  const id = await here.lines.nth(1).getAttribute("id");
  await expect(here.box).toHaveAttribute("aria-activedescendant", id ?? "none");
  await expect(here.box).toBeFocused();
});

test("places are found by name", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/");
  const here = new Palette(desk.page);
  await here.open();
  await here.box.fill("stat");
  await expect(here.chosen).toHaveText("Status");
  await expect(here.marks(here.chosen)).toHaveText("Stat");
  await here.box.press("Enter");
  await expect(desk.page).toHaveURL("/status");
  await desk.isSettled();
  await here.open();
  await here.box.fill("keyb");
  await here.box.press("Enter");
  await expect(desk.page.getByRole("dialog", { name: "Keyboard shortcuts" })).toContainText("Next row");
});

test("commands do what the buttons of the page do", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/");
  const here = new Palette(desk.page);
  const run = async (typed: string, line: string) => {
    await here.open();
    await here.box.fill(typed);
    await expect(here.chosen).toContainText(line);
    await here.box.press("Enter");
    await expect(here.dialog).toBeHidden();
  };
  const pause = desk.page.getByRole("button", { name: "Pause the stream" });
  await run("pause", "Pause the stream");
  await expect(pause).toHaveAttribute("aria-pressed", "true");
  await run("let the", "Let the stream go on");
  await expect(pause).toHaveAttribute("aria-pressed", "false");
  await run("dark", "Dark theme");
  await expect.poll(() => desk.page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
  await run("compact", "Compact rows");
  await expect(desk.page.getByRole("radio", { name: "Compact" })).toBeChecked();
  const download = desk.page.waitForEvent("download");
  await run("csv", "Export these orders as CSV");
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);

  // What the page has no button for is not offered.
  await desk.open("/status");
  await here.open();
  await expect(here.group("Do")).not.toContainText("Export");
  await expect(here.group("Do")).not.toContainText("Dark theme");
  await expect(here.group("Do")).toContainText("Light theme");
});

test("the link to the page is copied", async ({ context, desk, service }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: service.url });
  await service.publish(order());
  await desk.open("/?q=city%3Amozkin");
  const here = new Palette(desk.page);
  await here.open();
  await here.box.fill("copy");
  await expect(here.chosen).toContainText("Copy the link");
  await here.box.press("Enter");
  await expect(here.dialog.getByRole("status")).toHaveText("Copied");
  await expect(here.chosen).toContainText("Copied");
  expect(await desk.page.evaluate(() => navigator.clipboard.readText())).toBe(`${service.url}/?q=city%3Amozkin`);
});

test("saved views and orders opened lately are among the lines", async ({ desk, service }) => {
  const wanted = order({ delivery: { name: "Renée Ångström" } });
  await service.publish(wanted);
  await desk.open(`/orders/${wanted.uid}`);
  await expect(desk.orderHeading(wanted.uid)).toBeVisible();
  await desk.open(`/?q=${wanted.uid}`);
  await desk.page.getByRole("button", { name: "Save view" }).click();
  await desk.open("/status");
  const here = new Palette(desk.page);
  await here.open();
  await expect(here.group("Saved views").getByRole("option")).toHaveText([`With ${wanted.uid}`]);
  const opened = here.group("Opened recently").getByRole("option");
  await expect(opened).toHaveText([`Renée Ångström ${wanted.uid}`]);
  await here.box.fill("RENÉE");
  await expect(here.marks(opened)).toHaveText("Renée");
  await here.box.fill("something else");
  await expect(opened).toHaveCount(0);
  await here.box.fill("");
  await opened.click();
  await expect(desk.orderHeading(wanted.uid)).toBeVisible();
});

test("what is like nothing is said, and nothing is chosen", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/");
  const here = new Palette(desk.page);
  await here.open();
  const text = unique("<b>nothing");
  await here.box.fill(text);
  await expect(here.dialog).toContainText(`No order, filter or command is like “${text}”.`);
  await expect(here.dialog.getByRole("status")).toContainText("No order, filter or command");
  await expect(here.chosen).toHaveCount(0);
  await here.box.press("Enter");
  await expect(here.box).toBeFocused();
  await here.box.fill("amont:5");
  await expect(here.dialog).toContainText("There is no field amont.");
  await expect(here.group("Go to").getByRole("option").first()).toBeVisible();
});

test("a line is opened in a new tab", async ({ context, desk, service }) => {
  const wanted = order();
  await service.publish(wanted);
  await desk.open("/");
  const here = new Palette(desk.page);
  await here.open();
  await here.box.fill(wanted.uid);
  await expect(here.chosen).toContainText(wanted.uid);
  const opened = context.waitForEvent("page");
  await here.box.press("Control+Enter");
  await expect(opened).resolves.toBeTruthy();
  await expect((await opened).getByRole("heading", { level: 1 })).toContainText(wanted.uid);
  await expect(here.box).toBeFocused();
});

test("an answer that comes late is let go", async ({ desk, service }) => {
  const [early, late] = [order(), order()];
  await service.publish(early, late);
  await desk.open("/status");
  const here = new Palette(desk.page);
  await here.open();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked = desk.page.waitForRequest((request) => request.url().endsWith(early.uid));
  await desk.page.route(`**/palette?q=${early.uid}`, async (route) => {
    await held;
    await route.continue();
  });
  await here.box.fill(early.uid);
  const request = await asked;
  await here.box.fill(late.uid);
  await expect(here.chosen).toContainText(late.uid);
  const answered = request.response();
  release();
  await (await answered)?.finished();
  await expect(here.chosen).toContainText(late.uid);
});

test("it changes the language, and finds its lines by their names in it", async ({ desk }) => {
  await desk.open("/status");
  const english = new Palette(desk.page);
  await english.open();
  await english.box.fill("russian");
  await expect(english.chosen).toContainText("по-русски");
  await english.box.press("Enter");
  const russian = new Palette(desk.page, "Перейти куда угодно");
  await expect(desk.page.getByRole("button", { name: "Перейти" })).toBeVisible();
  await desk.isSettled();
  await russian.open();
  await russian.box.fill("ОТКЛОН");
  await expect(russian.chosen).toContainText("Отклонённые сообщения");
  await expect(russian.marks(russian.chosen)).toHaveText("Отклон");
  await russian.box.press("Enter");
  await expect(desk.page).toHaveURL("/rejected");
});
