import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

const PLACED = "2021-11-26T06:22:19Z";

for (const [zone, shown] of [
  ["Europe/Moscow", "26 Nov 2021, 09:22"],
  ["America/New_York", "26 Nov 2021, 01:22"],
  ["Asia/Kathmandu", "26 Nov 2021, 12:07"],
] as const) {
  test.describe(`in ${zone}`, () => {
    test.use({ timezoneId: zone });

    test("moments are the reader's, where scripts tell the zone", async ({ desk, hasScripts, service }) => {
      const published = order({ date_created: PLACED });
      await service.publish(published);
      await desk.open(`/orders/${published.uid}`);
      const placed = desk.moment(PLACED);
      await expect(placed).toHaveAttribute("title", PLACED);
      if (!hasScripts) {
        // Nobody tells the zone: it is UTC, and says so.
        await expect(placed).toHaveText("26 Nov 2021, 06:22");
        await expect(desk.main).toContainText("Placed, UTC");
        return;
      }
      await expect(placed).toHaveText(shown);
      await expect(desk.main).not.toContainText("UTC");
      const mended = await desk.moments();

      // Now the server knows the zone, and writes the same.
      const html = await (await desk.page.request.get(`/orders/${published.uid}`)).text();
      expect(html).toContain(`>${shown}</time>`);
      await desk.reload();
      expect(await desk.moments()).toEqual(mended);
    });
  });
}
