import type { Page } from "@playwright/test";

import { order, orderValue, unique } from "../support/orders.ts";
import type { Service } from "../support/service.ts";
import { expect, test } from "../support/test.ts";

interface Rejected {
  id: number;
  state: string;
  reason: string;
  order_uid: string | null;
}

/** Publishes what is no order, and gives its number in the quarantine. */
async function reject(service: Service, text: string): Promise<number> {
  const before = (await rejected(service))[0]?.id ?? 0;
  await service.runPublisher(["--file", "-", "--raw"], text);
  await expect.poll(async () => (await rejected(service))[0]?.id ?? 0).toBeGreaterThan(before);
  const newest = (await rejected(service))[0];
  if (newest === undefined) throw new Error("the quarantine is empty");
  return newest.id;
}

async function rejected(service: Service): Promise<Rejected[]> {
  const response = await fetch(`${service.url}/api/rejected`);
  return ((await response.json()) as { rejected: Rejected[] }).rejected;
}

/** Publishes two orders with one uid; the second is in quarantine. */
async function conflict(service: Service): Promise<{ uid: string; first: string; second: string; id: number }> {
  const first = order();
  await service.publish(first);
  const second = JSON.stringify(orderValue({ order_uid: first.uid, locale: "ru" }));
  const id = await reject(service, second);
  return { uid: first.uid, first: first.text, second, id };
}

async function documentOf(service: Service, uid: string): Promise<string> {
  return await (await fetch(`${service.url}/api/orders/${uid}`)).text();
}

const list = (page: Page) => page.getByRole("region", { name: "List of rejected messages" });

test("the quarantine is found, and a message opened", async ({ desk, service }) => {
  const mark = unique("mark");
  const id = await reject(service, `{"order_uid":"${mark}"`);
  await desk.open("/");
  await desk.page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Rejected/ }).click();
  await expect(desk.page).toHaveURL("/rejected");
  await expect(desk.page.getByRole("heading", { level: 1 })).toHaveText("Rejected messages");
  await list(desk.page).getByRole("link", { name: "Not JSON" }).first().click();
  await expect(desk.page).toHaveURL(`/rejected/${id}`);
  await expect(desk.page.getByRole("heading", { level: 1 })).toHaveText("Not JSON");
  await expect(desk.page.getByRole("region", { name: "Message as text" })).toContainText(mark);
  await desk.expectNoSidewaysScrolling();
});

test("the list is filtered by reason, state and time", async ({ desk, service }) => {
  const id = await reject(service, "{}");
  await reject(service, "nonsense");
  await desk.open("/rejected");
  await desk.page.getByRole("list", { name: "Reasons" }).getByRole("link", { name: /^Missing field/ }).click();
  await expect(desk.page).toHaveURL("/rejected?reason=missing_field");
  await expect(list(desk.page).getByRole("link", { name: "Missing field" }).first()).toHaveAttribute("href", `/rejected/${id}`);
  await expect(list(desk.page).getByRole("link", { name: "Not JSON" })).toHaveCount(0);
  await desk.page.getByLabel("State").selectOption("Discarded");
  await desk.page.getByLabel("From").fill("2100-01-01T00:00:01");
  await desk.page.getByRole("button", { name: "Filter" }).click();
  await expect(desk.page).toHaveURL(/reason=missing_field&state=discarded&from=2100/);
  await expect(list(desk.page)).toContainText("No message in quarantine is like this.");
  await expect(desk.page.getByLabel("State")).toHaveValue("discarded");
});

test("what was sent is harmless, as text and as hex", async ({ desk, service }) => {
  const id = await reject(service, '<script>window.hostile=1</script>\u001b[2J\u202eabc');
  await desk.open(`/rejected/${id}`);
  const text = desk.page.getByRole("region", { name: "Message as text" });
  const hex = desk.page.getByRole("region", { name: "Message as hex" });
  await expect(text).toContainText("<script>window.hostile=1</script>\\u{1b}[2J\\u{202e}abc");
  await expect(hex).toBeHidden();
  await desk.page.getByText("Hex", { exact: true }).click();
  await expect(hex).toContainText("3c 73 63 72");
  await expect(text).toBeHidden();
});

test("the fault is marked where it is", async ({ desk, service }) => {
  const value = orderValue({ payment: { amount: "1817" } });
  const id = await reject(service, JSON.stringify(value, undefined, 2));
  await desk.open(`/rejected/${id}`);
  await expect(desk.page.getByRole("heading", { level: 1 })).toHaveText("Wrong type");
  await expect(desk.faultyLine).toContainText('"amount": "1817"');
  await expect(desk.fault).toHaveText('"1817"');
  await expect(desk.section("What is known")).toContainText("line ");
});

test("a replay says what came of it", async ({ desk, service }) => {
  const id = await reject(service, unique("nonsense"));
  await desk.open(`/rejected/${id}`);
  await expect(desk.section("History")).toContainText("Nothing was done with it yet.");
  await desk.page.getByRole("button", { name: "Replay" }).click();
  await expect(desk.page).toHaveURL(`/rejected/${id}`);
  await expect(desk.section("History")).toContainText("Replayed: it is still no valid order.");
});

test("all that match are replayed", async ({ desk, service }) => {
  await reject(service, unique("nonsense"));
  await desk.open("/rejected?reason=not_json");
  await desk.page.getByRole("button", { name: /^Replay \d+ message/ }).click();
  await expect(desk.page).toHaveURL(/replayed=\d+&closed=0/);
  await expect(desk.page.getByRole("status").filter({ hasText: "replayed: 0 closed" })).toBeVisible();
});

test("a message is discarded with a note", async ({ desk, service }) => {
  const id = await reject(service, unique("nonsense"));
  await desk.open(`/rejected/${id}`);
  await desk.page.getByText("Discard", { exact: true }).click();
  await desk.page.getByLabel("Why").fill("sent by <b>a test</b>");
  await desk.page.getByRole("button", { name: "Discard for good" }).click();
  await expect(desk.section("History")).toContainText("sent by <b>a test</b>");
  await expect(desk.section("What to do")).toContainText("It was discarded.");
  await expect(desk.page.getByRole("button", { name: "Replay" })).toHaveCount(0);
});

test("a conflict is decided for the later message, and nothing is lost", async ({ desk, service }) => {
  const { uid, first, second, id } = await conflict(service);
  await desk.open(`/rejected/${id}`);
  await desk.page.getByRole("button", { name: "Make this the order" }).click();
  await expect(desk.section("History")).toContainText("it is the order now");
  expect(await documentOf(service, uid)).toBe(second);
  const displaced = (await rejected(service))[0];
  expect(displaced).toMatchObject({ state: "open", reason: "conflict", order_uid: uid });
  const raw = await fetch(`${service.url}/api/rejected/${displaced?.id ?? 0}`);
  expect(await raw.text()).toBe(first);
  await desk.page.getByRole("link", { name: uid }).click();
  await desk.expectSource(second);
});

test("a message that is not there", async ({ desk }) => {
  await desk.open("/rejected/999999", 404);
  await expect(desk.page.getByRole("heading", { level: 1 })).toHaveText("No such message");
});

test("a filter that cannot be understood", async ({ desk }) => {
  await desk.open("/rejected?from=yesterday", 400);
  await expect(desk.page.getByRole("alert")).toContainText("A time is written like");
});
