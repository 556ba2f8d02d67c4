import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { default as addFormats } from "ajv-formats";

import { expect, test } from "../support/test.ts";

interface Description {
  openapi: string;
  paths: Record<string, { get?: { responses: Record<string, { content?: Record<string, unknown> }> } }>;
}

/** Addresses that answer JSON, by what they are described as. */
const answers: [path: string, described: string, status: number][] = [
  ["/api/orders?limit=3&q=test", "/api/orders", 200],
  ["/api/orders?sort=nothing", "/api/orders", 400],
  ["/api/orders/unknown", "/api/orders/{uid}", 404],
  ["/api/rejected?limit=3", "/api/rejected", 200],
  ["/api/rejected/1/actions", "/api/rejected/{id}/actions", 200],
  ["/api/rejected/0", "/api/rejected/{id}", 404],
  ["/api/stats", "/api/stats", 200],
  ["/api/stats/history", "/api/stats/history", 200],
  ["/readyz", "/readyz", 200],
];

test("the description of the API is valid OpenAPI 3.1", async ({ request }) => {
  const response = await request.get("/api/openapi.json");
  const validator = new Validator();
  const { valid, errors } = await validator.validate((await response.json()) as Record<string, unknown>);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect(validator.version).toBe("3.1");
});

test("answers are of the shape that is described", async ({ request, service }) => {
  await service.publishModelOrder();
  await service.publishMadeUp(20, 21, "--invalid-ratio", "0.5");
  const description = (await (await request.get("/api/openapi.json")).json()) as Description;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(description, "openapi");
  for (const [path, described, status] of answers) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(status);
    const type = (response.headers()["content-type"] ?? "").split(";")[0] ?? "";
    const place = ["paths", described, "get", "responses", String(status), "content", type, "schema"]
      .map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
      .join("/");
    const fits = ajv.getSchema(`openapi#/${place}`);
    if (fits === undefined) throw new Error(`${path}: ${type} with ${status} is not described`);
    await fits(await response.json());
    expect(fits.errors ?? [], path).toEqual([]);
  }
});
