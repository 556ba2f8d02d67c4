import { defineConfig } from "@playwright/test";

import tests from "./playwright.config.ts";

/** What is measured is measured alone, and with scripts. */
export default defineConfig({
  ...tests,
  testDir: "vitals",
  workers: 1,
  timeout: 240_000,
  projects: [{ name: "with-scripts" }],
});
