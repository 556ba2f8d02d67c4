import { order, unique } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test("terms find orders by their fields, and are said in words", async ({ desk, service }) => {
  const mark = unique("TERM");
  const wanted = order({
    track_number: `${mark}1`,
    delivery: { name: "Екатерина Ёлкина", city: "Zelenograd, Moscow", phone: "+7 (916) 204-11-83" },
    payment: { amount: 8074, currency: "RUB" },
    items: [{ name: "Première mascara", brand: "Vivienne Sabo", nm_id: 555, status: 202 }],
  });
  const other = order({ track_number: `${mark}2`, payment: { amount: 10 } });
  await service.publish(wanted, other);

  for (const [typed, chips] of [
    [`${mark} city:moscow amount:>5000`, [`With ${mark}`, "City has moscow", "Amount over 5,000"]],
    [`${mark} brand:"vivienne sabo" -amount:10`, [`With ${mark}`, "Brand has vivienne sabo", "Amount is not 10"]],
    [`${mark} елкина`, [`With ${mark}`, "With елкина"]],
    [`${mark} 8 916 204 11 83`, [`With ${mark}`, "With 8 916 204 11 83"]],
    [`${mark} PREMIERE currency:=rub`, [`With ${mark}`, "With PREMIERE", "Currency is rub"]],
  ] as const) {
    await desk.open(`/?q=${encodeURIComponent(typed)}`);
    await expect(desk.results, typed).toHaveText([wanted.uid]);
    await expect(desk.chips).toHaveText([...chips]);
    await expect(desk.count).toContainText("1 order");
  }
  await expect(desk.marks(wanted.uid).filter({ hasText: "Première" })).toBeVisible();
});

test("a term is taken away by its cross", async ({ desk, service }) => {
  const mark = unique("CROSS");
  const made = [order({ track_number: `${mark}1` }), order({ track_number: `${mark}2`, payment: { amount: 5 } })];
  await service.publish(...made);

  await desk.open(`/?q=${mark}+amount%3A5`);
  await expect(desk.results).toHaveText([made[1]?.uid ?? ""]);
  await desk.page.getByRole("link", { name: "Remove term: Amount is 5" }).click();

  await expect(desk.results).toHaveText([made[1]?.uid ?? "", made[0]?.uid ?? ""]);
  await expect(desk.searchBox).toHaveValue(mark);
  await expect(desk.page).toHaveURL(`/?q=${mark}`);
});

test("a mistake is underlined, said, and mended by a link", async ({ desk, service }) => {
  const mark = unique("SLIP");
  const wanted = order({ track_number: mark, payment: { amount: 6000 } });
  await service.publish(wanted);
  const path = `/?q=${mark}%20amont%3A%3E5000`;

  await desk.open(path, 400);
  const note = desk.page.getByRole("alert");
  await expect(note).toHaveText("There is no field amont. Did you mean amount:>5000?");
  await expect(desk.underlined).toHaveText("amont");
  await note.getByRole("link").click();

  await expect(desk.results).toHaveText([wanted.uid]);
  await expect(note).toHaveCount(0);
});

test("an export holds what the search finds", async ({ desk, service, request }) => {
  const mark = unique("EXPORT");
  const made = [1, 2, 3].map((number) =>
    order({ track_number: `${mark}${number}`, delivery: { name: "=1+1", city: 'New "York", NY' } }),
  );
  await service.publish(...made);
  await desk.open(`/?q=${mark}`);
  await desk.page.getByRole("group").getByLabel("Export").click();

  const href = await desk.page.getByRole("link", { name: "NDJSON, as published" }).getAttribute("href");
  const ndjson = await (await request.get(href ?? "")).text();
  expect(ndjson).toBe(made.map(({ text }) => `${text}\n`).reverse().join(""));

  const csvHref = await desk.page.getByRole("link", { name: "CSV for spreadsheets" }).getAttribute("href");
  const csv = await request.get(csvHref ?? "");
  expect(csv.headers()["content-disposition"]).toContain("orders.csv");
  const lines = (await csv.text()).split("\r\n");
  expect(lines).toHaveLength(5);
  expect(lines[1]).toContain(made[2]?.uid);
  expect(lines[1]).toContain(`"'=1+1"`);
  expect(lines[1]).toContain('"New ""York"", NY"');
});
