import { expect, test as base } from "@playwright/test";

import { Desk } from "./desk.ts";
import { PageWatch } from "./page-watch.ts";
import { Service } from "./service.ts";

interface TestFixtures {
  /** Whether the pages' scripts run. */
  hasScripts: boolean;
  watch: PageWatch;
  desk: Desk;
  /** A service of the test's own, without an order. */
  emptyService: Service;
}

interface WorkerFixtures {
  /** The service that the tests of a worker share, one after another. */
  service: Service;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  service: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the names from it
    async ({}, use, { parallelIndex }) => {
      const service = await Service.start(parallelIndex);
      await use(service);
      await service.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  emptyService: [
    async ({ context }, use, { parallelIndex }) => {
      const service = await Service.start(parallelIndex);
      await use(service);
      // Pages would notice that it goes.
      await Promise.all(context.pages().map((page) => page.close()));
      await service.stop();
    },
    { timeout: 120_000 },
  ],
  baseURL: async ({ service }, use) => {
    await use(service.url);
  },
  hasScripts: async ({ javaScriptEnabled }, use) => {
    await use(javaScriptEnabled);
  },
  watch: [
    async ({ context, service, hasScripts }, use, testInfo) => {
      const watch = new PageWatch(hasScripts);
      context.on("page", (page) => {
        watch.follow(page);
      });
      await use(watch);
      if (testInfo.status !== testInfo.expectedStatus || watch.complaints.length > 0) {
        await testInfo.attach("the service's log", { body: service.logEnd() });
      }
      expect(watch.complaints, "what no page may do").toEqual([]);
    },
    { auto: true },
  ],
  desk: async ({ page, hasScripts, watch }, use) => {
    await use(new Desk(page, hasScripts, watch));
  },
});

export { expect };
