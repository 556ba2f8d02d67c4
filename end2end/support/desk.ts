import { expect, type Locator, type Page, type Response } from "@playwright/test";

import type { PageWatch } from "./page-watch.ts";

/** The pages in the words of who uses them. */
export class Desk {
  readonly page: Page;
  readonly hasScripts: boolean;
  readonly watch: PageWatch;
  readonly main: Locator;
  readonly searchBox: Locator;
  readonly searchButton: Locator;
  /** The list's heading: how many orders there are. */
  readonly count: Locator;
  readonly table: Locator;
  /** The links to the orders of the list, from the top. */
  readonly results: Locator;
  readonly source: Locator;

  constructor(page: Page, hasScripts: boolean, watch: PageWatch) {
    this.page = page;
    this.hasScripts = hasScripts;
    this.watch = watch;
    this.main = page.getByRole("main");
    this.searchBox = page.locator("#q");
    this.searchButton = page.getByRole("button", { name: "Search" });
    this.count = page.locator("#found");
    this.table = page.getByRole("table", { name: /^(Orders found|Найденные заказы), / });
    this.results = this.table.locator("tbody").getByRole("link");
    this.source = page.getByRole("region", { name: "JSON as published" });
  }

  /** Opens an address; with scripts, waits until they run. */
  async open(path: string, status = 200): Promise<Response> {
    if (status !== 200) this.watch.expectStatus(path, status);
    const response = await this.page.goto(path);
    if (response === null) throw new Error(`${path} was not asked for`);
    expect(response.status(), path).toBe(status);
    await this.isSettled();
    return response;
  }

  /** Opens the next page of a list by its address: with scripts, scrolling to the link would bring the rows here. */
  async openNext(): Promise<void> {
    const next = await this.page.getByRole("link", { name: "Next 50" }).getAttribute("href");
    await this.open(next ?? "");
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.isSettled();
  }

  /** Types; the list follows by itself, or, without scripts, at Enter. */
  async find(text: string): Promise<void> {
    await this.searchBox.fill(text);
    if (!this.hasScripts) await this.searchBox.press("Enter");
  }

  /** The terms of the search, in words. */
  get chips(): Locator {
    return this.page.getByRole("list", { name: "Terms of this search" }).getByRole("listitem").filter({ has: this.page.getByRole("link") });
  }

  /** Looks up by typing and Enter. */
  async lookUp(text: string): Promise<void> {
    await this.searchBox.fill(text);
    await this.searchBox.press("Enter");
  }

  /** Waits until the scripts of the document run; without scripts at once. */
  async isSettled(): Promise<void> {
    if (!this.hasScripts) return;
    await expect.poll(() => this.watch.isListening(this.page), "the page listens to the stream").toBe(true);
  }

  /** The link to an order in the list. */
  result(uid: string): Locator {
    return this.table.getByRole("link", { name: uid, exact: true });
  }

  row(uid: string): Locator {
    return this.table.getByRole("row").filter({ has: this.page.getByRole("link", { name: uid, exact: true }) });
  }

  /** The parts of a row that were looked up. */
  marks(uid: string): Locator {
    return this.row(uid).locator("mark");
  }

  /** What of the box's text is underlined as a mistake. */
  get underlined(): Locator {
    return this.page.locator(".query__paint .is-wrong");
  }

  /** Nothing in particular has the focus. */
  async expectNoFocus(): Promise<void> {
    await expect.poll(() => this.page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
  }

  /** What waits to be shown, in few words. */
  get pill(): Locator {
    return this.page.locator("[data-show-new]");
  }

  /** The language of the page, as it says. */
  async language(): Promise<string | null> {
    return this.page.locator("html").getAttribute("lang");
  }

  /** The first moment of the page that is this one. */
  moment(exact: string): Locator {
    return this.page.locator(`time[datetime="${exact}"]`).first();
  }

  /** When the order of a row arrived. */
  arrived(uid: string): Locator {
    return this.row(uid).locator("time").first();
  }

  /** The moments of the page: exactly, and as they are shown. */
  async moments(): Promise<{ exact: string | null; shown: string }[]> {
    return this.page.locator("time").evaluateAll((times) =>
      times.map((time) => ({ exact: time.getAttribute("datetime"), shown: time.textContent })),
    );
  }

  /** How things stand, in the bar. */
  get health(): Locator {
    return this.page.locator("a.health");
  }

  /** The line of a rejected message where its fault is. */
  get faultyLine(): Locator {
    return this.page.locator(".line--bad");
  }

  /** The part of that line that is at fault. */
  get fault(): Locator {
    return this.faultyLine.locator(".place");
  }

  /** The way from an order to its list and along it. */
  get walk(): Locator {
    return this.page.getByRole("navigation", { name: "Place in results" });
  }

  get previous(): Locator {
    return this.walk.getByRole("link", { name: "Previous order" });
  }

  get next(): Locator {
    return this.walk.getByRole("link", { name: "Next order" });
  }

  /** What others show of the page: the value of one of its properties. */
  preview(property: string): Locator {
    return this.page.locator(`meta[property="${property}"]`);
  }

  /** All that others may read of the page without opening it. */
  async head(): Promise<string> {
    return await this.page.locator("head").innerHTML();
  }

  /** The chosen row's order, beside the list. */
  get peek(): Locator {
    return this.page.getByLabel("Chosen order");
  }

  /** What stands there while no row is chosen. */
  get peekHint(): Locator {
    return this.peek.getByText("Press a row");
  }

  /** How orders came in over the last minute. */
  get pace(): Locator {
    return this.page.getByRole("img", { name: /^Orders stored a second/ });
  }

  /** The heading of an order's page. */
  orderHeading(uid: string): Locator {
    return this.page.getByRole("heading", { level: 1 }).getByText(uid, { exact: true });
  }

  /** A part of a page by its heading. */
  section(name: string): Locator {
    return this.page.getByRole("region", { name, exact: true });
  }

  /** Checks that the page shows a document to the byte. */
  async expectSource(text: string): Promise<void> {
    await expect(this.source).toBeVisible();
    expect(await this.source.evaluate((element) => element.textContent)).toBe(text);
  }

  /** Checks that nothing reaches beyond the window's sides. */
  async expectNoSidewaysScrolling(): Promise<void> {
    const beyond = await this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    expect(beyond, "pixels beyond the window's width").toBe(0);
  }
}
