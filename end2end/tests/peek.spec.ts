import { order } from "../support/orders.ts";
import { expect, test } from "../support/test.ts";

test.use({ viewport: { width: 1920, height: 1000 } });

test("there is a peek only where scripts fill it", async ({ desk, service, hasScripts }) => {
  const wanted = order();
  await service.publish(wanted);
  await desk.open(`/?q=${wanted.uid}`);
  await expect(desk.peek).toBeVisible({ visible: hasScripts });
  const opensBelow = hasScripts ? desk.peek : desk.main;
  await desk.result(wanted.uid).click();
  await expect(opensBelow).toContainText(wanted.uid);
  await expect(desk.page).toHaveURL(hasScripts ? `/?q=${wanted.uid}` : `/orders/${wanted.uid}?q=${wanted.uid}`);
});
