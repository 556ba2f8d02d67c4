import { expect, type Locator, type Page } from "@playwright/test";

/** The palette in the words of who uses it. */
export class Palette {
  readonly page: Page;
  readonly dialog: Locator;
  readonly box: Locator;
  readonly lines: Locator;

  constructor(page: Page, name = "Go to anything") {
    this.page = page;
    this.dialog = page.getByRole("dialog", { name });
    this.box = this.dialog.getByRole("combobox");
    this.lines = this.dialog.getByRole("option");
  }

  async open(): Promise<void> {
    await this.page.keyboard.press("Control+k");
    await expect(this.box).toBeFocused();
    await expect(this.lines.first()).toBeVisible();
  }

  group(name: string): Locator {
    return this.dialog.getByRole("group", { name });
  }

  /** What of a line was typed. */
  marks(line: Locator): Locator {
    return line.locator("mark");
  }

  get chosen(): Locator {
    return this.dialog.getByRole("option", { selected: true });
  }
}
