import { fileURLToPath } from "node:url";

import type { Browser, Page } from "@playwright/test";

import type { Desk } from "./desk.ts";
import { orderValue } from "./orders.ts";
import { until } from "./processes.ts";
import { Service } from "./service.ts";
import { expect, test as base } from "./test.ts";

/** What the pictures are drawn with, by its use, and how Debian calls its package. */
const FONTS = ["DejaVu Sans", "DejaVu Sans Mono"];
const FONTS_PACKAGE = "fonts-dejavu-core";

/** Layouts differ here: a rail at the side, or tabs at the foot. */
export const WIDE = { width: 1280, height: 720 };
export const PHONE = { width: 390, height: 780 };

/** The service's orders and messages are the same in each run. */
export const test = base.extend<object, { service: Service }>({
  service: [
    async ({ browser }, use, { parallelIndex }) => {
      await expectFonts(browser);
      const service = await Service.start(parallelIndex);
      await fill(service);
      await use(service);
      await service.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** Checks that what the page shows looks as in the picture of that name. */
export async function expectPicture(desk: Desk, name: string): Promise<void> {
  await expect(desk.page).toHaveScreenshot(`${name}.png`, {
    stylePath: fileURLToPath(new URL("pictures.css", import.meta.url)),
  });
}

/** Orders of all kinds, the order of the task among them, and what is no order. */
async function fill(service: Service): Promise<void> {
  await service.publishMadeUp(120, 7);
  const { uid } = await service.publishModelOrder();
  const messages = [
    '{"order_uid": "3f1c0a77d2e94b0test", "track_number":',
    JSON.stringify(orderValue({ order_uid: uid, track_number: "WBILMTESTTRACK", locale: "ru" })),
    JSON.stringify(orderValue({ order_uid: "77aa0c5be41f2d9test", track_number: "WBILMTEST2", payment: { amount: "1817" } }), undefined, 2),
  ];
  for (const message of messages) await service.runPublisher(["--file", "-", "--raw"], message);
  await service.publishMadeUp(30, 8);
  await until("the pace is nought again", 60, async () => {
    const response = await fetch(`${service.url}/api/stats`);
    const { rate_per_second: rate, ingest } = (await response.json()) as { rate_per_second: number; ingest: string };
    return rate === 0 && ingest === "idle";
  });
}

/** Fails with a sentence where Chromium would draw other letters than in the pictures. */
async function expectFonts(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  try {
    for (const font of FONTS) {
      const drawn = await fontOf(page, font);
      if (drawn !== font) {
        throw new Error(
          `The pictures are made with the font ${font}, which this machine lacks: Chromium draws ${drawn} instead. ` +
            `Install it (Debian: apt-get install ${FONTS_PACKAGE}) and run this again.`,
        );
      }
    }
  } finally {
    await page.close();
  }
}

/** What Chromium draws with where a page asks for a font. */
async function fontOf(page: Page, font: string): Promise<string> {
  await page.setContent(`<p style='font-family: "${font}"'>Order Заказ</p>`);
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument");
  const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector: "p" });
  const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
  return fonts.map(({ familyName }) => familyName).join(" and ");
}
