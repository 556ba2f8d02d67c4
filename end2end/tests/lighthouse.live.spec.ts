import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";

import { freePorts } from "../support/ports.ts";
import { expect, test } from "../support/test.ts";

const pages = ["/", "/orders/b563feb7b2b84b6test", "/rejected", "/status", "/api/docs"];

/** The audits of a page that do not pass in full. */
async function faults(url: string, port: number): Promise<unknown[]> {
  const result = await lighthouse(url, {
    port,
    output: "json",
    logLevel: "error",
    onlyCategories: ["accessibility", "best-practices"],
  });
  if (result === undefined) throw new Error(`${url} was not looked at`);
  const { audits, categories, runtimeError } = result.lhr;
  if (runtimeError !== undefined) throw new Error(`${url}: ${runtimeError.message}`);
  return Object.values(categories).flatMap(({ title, score, auditRefs }) =>
    score === 1
      ? []
      : auditRefs
          .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
          .map(({ id }) => ({ category: title, audit: id, details: audits[id]?.details })),
  );
}

test("Lighthouse finds every page accessible, and made by best practice", async ({ service, launchOptions }, testInfo) => {
  test.slow();
  await service.publishModelOrder();
  const [port = 0] = await freePorts(1, testInfo.parallelIndex);
  const browser = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`],
  });
  try {
    for (const path of pages) {
      expect.soft(await faults(service.url + path, port), path).toEqual([]);
    }
  } finally {
    await browser.close();
  }
});
