import { accessSync, constants } from "node:fs";
import { availableParallelism } from "node:os";
import { delimiter, join } from "node:path";

import { defineConfig } from "@playwright/test";

/** The machine's own Chromium, found as scripts/environment.sh finds it. */
function chromiumPath(): string {
  const names = [process.env["CHROMIUM"] ?? "", "chromium", "chromium-browser", "google-chrome"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const name of names.filter((name) => name !== "")) {
    const candidates = name.includes("/") ? [name] : folders.map((folder) => join(folder, name));
    const found = candidates.find(isExecutable);
    if (found !== undefined) return found;
  }
  throw new Error("Chromium is missing: install it, or set CHROMIUM to its program");
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// Chromium's sandbox needs a user other than root.
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  // Each worker has PostgreSQL, NATS Streaming, the service and a browser.
  workers: Math.min(2, availableParallelism()),
  fullyParallel: false,
  // A test that fails now and then is a bug.
  retries: 0,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 60_000,
  expect: {
    timeout: 10_000,
    toHaveScreenshot: { maxDiffPixelRatio: 0.003, threshold: 0.2 },
  },
  // One set of pictures, whatever the machine.
  snapshotPathTemplate: "snapshots/{arg}{ext}",
  reporter: [["list"]],
  use: {
    locale: "en-GB",
    // So that pages say the same with scripts, which know the zone, and without.
    timezoneId: "UTC",
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: chromiumPath(),
      args: [
        ...sandbox,
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        // Letters are drawn alike, whatever display the machine is set up for.
        "--font-render-hinting=none",
        "--disable-lcd-text",
      ],
    },
  },
  projects: [
    { name: "with-scripts" },
    // Files named *.live.spec.ts are about what only scripts can do, and axe is a script itself.
    {
      name: "without-scripts",
      testIgnore: ["**/*.live.spec.ts", "**/accessibility.spec.ts"],
      use: { javaScriptEnabled: false },
    },
  ],
});
