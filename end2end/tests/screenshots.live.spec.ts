import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

// Pictures of the product for its documents and for whoever changes its looks:
// `npm run screenshots` writes them; in the tests they are taken and thrown away.
const folder = process.env["SCREENSHOTS"];
if (folder !== undefined) mkdirSync(folder, { recursive: true });
const readme = fileURLToPath(new URL("../../docs/screenshot.png", import.meta.url));

test.use({ contextOptions: { reducedMotion: "reduce" } });

test("pictures of the pages @screenshot", async ({ desk, emptyService }) => {
  const url = emptyService.url;
  await emptyService.publishMadeUp(1284, 7);
  const { uid } = await emptyService.publishModelOrder();
  const sums = order({ payment: { amount: 2000 } });
  await emptyService.publish(sums);
  await emptyService.publishMadeUp(60, 8);
  const pages = { desk: "/", lookup: "/?q=WBIL", order: `/orders/${uid}`, sums: `/orders/${sums.uid}`, missing: "/orders/none-such" };
  desk.watch.expectStatus(pages.missing, 404);
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
        if (folder !== undefined && name === "desk" && width === 1440 && colorScheme === "light") {
          await desk.page.screenshot({ path: readme });
        }
      }
    }
  }
});
