import { expect, test } from "../support/test.ts";

const forms = [
  ["gzip, deflate, br, zstd", "br"],
  ["zstd, gzip", "zstd"],
  ["gzip", "gzip"],
] as const;

test("what a page loads comes compressed beforehand, and is kept", async ({ desk, request }) => {
  const loaded: string[] = [];
  desk.page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith("/pkg/")) loaded.push(pathname);
  });
  await desk.open("/");
  for (const kind of [".css", ".js", ".wasm"]) {
    expect(loaded.some((path) => path.endsWith(kind)), kind).toBe(true);
  }
  for (const path of new Set(loaded)) {
    for (const [accepted, expected] of forms) {
      const { headers } = await fetch(new URL(path, desk.page.url()), { method: "HEAD", headers: { "accept-encoding": accepted } });
      expect(headers.get("content-encoding"), `${path} for ${accepted}`).toBe(expected);
      expect(headers.get("vary"), path).toContain("accept-encoding");
      expect(headers.get("cache-control"), path).toBe("public, max-age=31536000, immutable");
    }
  }
  const gone = await request.get("/pkg/orderdesk.gone.js");
  expect(gone.status()).toBe(404);
  expect(gone.headers()["cache-control"]).toBe("no-store");
});
