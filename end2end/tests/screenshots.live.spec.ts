import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

// Pictures of the product for its documents and for whoever changes its looks:
// `npm run screenshots` writes them; in the tests they are taken and thrown away.
const folder = process.env["SCREENSHOTS"];
if (folder !== undefined) mkdirSync(folder, { recursive: true });
const documents = fileURLToPath(new URL("../../docs/screenshots", import.meta.url));
const search = `/?q=${encodeURIComponent("city:москва amount:>3000 -delivery:cdek")}`;

/** Those that the README shows. */
const shown: Record<string, string> = {
  "search-light-1440": "desk-light.png",
  "search-dark-1440": "desk-dark.png",
  "search-light-390": "desk-phone.png",
};

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("pictures of the pages @screenshot", async ({ desk, emptyService }) => {
  const url = emptyService.url;
  await emptyService.publishMadeUp(1284, 7);
  const { uid } = await emptyService.publishModelOrder();
  const sums = order({ payment: { amount: 2000 } });
  await emptyService.publish(sums);
  await emptyService.publishMadeUp(60, 8);
  const pages = { desk: "/", search, mistake: "/?q=amont%3A5", status: "/status", order: `/orders/${uid}`, sums: `/orders/${sums.uid}`, missing: "/orders/none-such" };
  desk.watch.expectStatus(pages.missing, 404);
  desk.watch.expectStatus(pages.mistake, 400);
  for (const [name, path] of Object.entries(pages)) {
    for (const width of [390, 1440]) {
      for (const colorScheme of ["light", "dark"] as const) {
        await desk.page.setViewportSize({ width, height: 900 });
        await desk.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await desk.page.goto(url + path);
        await desk.isSettled();
        const picture = await desk.page.screenshot(
          folder === undefined ? {} : { path: join(folder, `${name}-${colorScheme}-${width}.png`) },
        );
        expect(picture.length, `${name} is no empty page`).toBeGreaterThan(10_000);
        const document = shown[`${name}-${colorScheme}-${width}`];
        if (folder !== undefined && document !== undefined) {
          await desk.page.screenshot({ path: join(documents, document) });
        }
      }
    }
  }
});
