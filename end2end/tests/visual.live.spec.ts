import type { Desk } from "../support/desk.ts";
import { Palette } from "../support/palette.ts";
import { expectPicture, PHONE, test, WIDE } from "../support/pictures.ts";
import { expect } from "../support/test.ts";

// What the pages look like, beside the pictures in snapshots/. `npm run snapshots`
// draws those anew that differ.
const DESK = `/?q=${encodeURIComponent("city:москва amount:>3000")}`;
const ORDER = "/orders/b563feb7b2b84b6test";

// The sheet that is laid over the pages is none of theirs: their policy forbids it.
test.use({ bypassCSP: true, contextOptions: { reducedMotion: "reduce" }, viewport: WIDE });

/** Opens the message of the quarantine with that heading. */
async function openMessage(desk: Desk, heading: string): Promise<void> {
  await desk.open("/rejected");
  const list = desk.page.getByRole("region", { name: "List of rejected messages" });
  await list.getByRole("link", { name: heading }).click();
  await expect(desk.page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  await desk.isSettled();
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`the desk looks as it should, ${colorScheme}`, async ({ desk }) => {
      await desk.open(DESK);
      await expectPicture(desk, `desk-${colorScheme}`);
    });

    test(`an order looks as it should, ${colorScheme}`, async ({ desk }) => {
      await desk.open(ORDER);
      await expectPicture(desk, `order-${colorScheme}`);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: PHONE });

  test("the desk looks as it should on a phone", async ({ desk }) => {
    await desk.open(DESK);
    await expectPicture(desk, "desk-phone");
  });

  test("an order looks as it should on a phone", async ({ desk }) => {
    await desk.open(ORDER);
    await expectPicture(desk, "order-phone");
  });
});

test.describe("in Russian", () => {
  test.use({ locale: "ru-RU" });

  test("the desk looks as it should in Russian", async ({ desk }) => {
    await desk.open(DESK);
    await expectPicture(desk, "desk-russian");
  });
});

test("the desk looks as it should before the first order", async ({ desk, emptyService }) => {
  await desk.open(`${emptyService.url}/`);
  await expectPicture(desk, "desk-empty");
});

test("the palette looks as it should", async ({ desk }) => {
  await desk.open("/");
  const palette = new Palette(desk.page);
  await palette.open();
  await palette.box.fill("москва");
  await expect(palette.group("Orders").getByRole("option").first()).toBeVisible();
  await expectPicture(desk, "palette");
});

test("the quarantine looks as it should", async ({ desk }) => {
  await desk.open("/rejected");
  await expectPicture(desk, "rejected");
});

test("a rejected message looks as it should", async ({ desk }) => {
  await openMessage(desk, "Wrong type");
  await expectPicture(desk, "rejected-message");
});

test("the status page looks as it should", async ({ desk }) => {
  await desk.open("/status");
  await expectPicture(desk, "status");
});

test("an order that is not there looks as it should", async ({ desk }) => {
  await desk.open("/orders/none-such", 404);
  await expectPicture(desk, "not-found");
});
