import type { Page } from "@playwright/test";

import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

/** Chooses a language in the settings, and waits for the page in it. */
async function choose(page: Page, settings: string, language: string): Promise<void> {
  await page.getByRole("group").getByLabel(settings).click();
  const back = page.waitForResponse((response) => response.request().redirectedFrom() !== null);
  await page.getByRole("button", { name: language }).click();
  await (await back).finished();
}

test("the pages speak English unless they are asked otherwise", async ({ desk }) => {
  await desk.open("/status");
  expect(await desk.language()).toBe("en");
  await expect(desk.page.getByRole("navigation", { name: "Main" })).toContainText("Orders");
});

test("a chosen language stays, on every page", async ({ desk, service }) => {
  await service.publish(order());
  await desk.open("/?q=city%3Amozkin");
  await choose(desk.page, "Settings", "Русский");
  await expect(desk.page).toHaveURL("/?q=city%3Amozkin");
  await desk.isSettled();
  expect(await desk.language()).toBe("ru");
  await expect(desk.page.getByRole("list", { name: "Условия запроса" })).toContainText("Город mozkin");

  await desk.open("/status");
  await expect(desk.page.getByRole("heading", { name: "Учёт каждого сообщения" })).toBeVisible();
  await choose(desk.page, "Настройки", "English");
  expect(await desk.language()).toBe("en");
  await expect(desk.page.getByRole("heading", { name: "Account of every message" })).toBeVisible();
});

test.describe("a reader whose browser accepts Russian", () => {
  test.use({ locale: "ru-RU", timezoneId: "Europe/Moscow" });

  test("gets Russian, and English by choice", async ({ desk, service }) => {
    await service.publish(order());
    await desk.open("/");
    expect(await desk.language()).toBe("ru");
    await expect(desk.count).toContainText(/\d заказ/);
    await choose(desk.page, "Настройки", "English");
    await desk.isSettled();
    await expect(desk.count).toContainText(/\d orders?/);
  });

  test("reads what is wrong with a search", async ({ desk }) => {
    await desk.open("/?q=amont%3A5", 400);
    await expect(desk.page.getByRole("alert")).toContainText("Нет поля amont. Имелось в виду amount:5?");
  });
});
