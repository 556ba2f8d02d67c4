import { randomBytes } from "node:crypto";

import type { Document } from "./service.ts";

/** Text that no other order of this run holds. */
export function unique(prefix = "e"): string {
  return `${prefix}${randomBytes(6).toString("hex")}`;
}

/** What a test says about an order; the rest is as in the order of the task. */
export interface OrderParts {
  order_uid?: string;
  track_number?: string;
  delivery?: Record<string, unknown>;
  payment?: Record<string, unknown>;
  items?: Record<string, unknown>[];
  delivery_service?: string;
  [field: string]: unknown;
}

export const item = {
  chrt_id: 9934930,
  track_number: "WBILTEST",
  price: 453,
  rid: "ab4219087a764ae0btest",
  name: "Mascaras",
  sale: 30,
  size: "0",
  total_price: 317,
  nm_id: 2389212,
  brand: "Vivienne Sabo",
  status: 202,
};

/** An order of its own, as an object. */
export function orderValue(parts: OrderParts = {}): Record<string, unknown> & { order_uid: string } {
  const { delivery, payment, items, ...fields } = parts;
  const uid = parts.order_uid ?? unique();
  return {
    track_number: unique("WBIL").toUpperCase(),
    entry: "WBIL",
    delivery: {
      name: "Test Testov",
      phone: "+9720000000",
      zip: "2639809",
      city: "Kiryat Mozkin",
      address: "Ploshad Mira 15",
      region: "Kraiot",
      email: "test@gmail.com",
      ...delivery,
    },
    payment: {
      transaction: "b563feb7b2b84b6test",
      request_id: "",
      currency: "USD",
      provider: "wbpay",
      amount: 1817,
      payment_dt: 1637907727,
      bank: "alpha",
      delivery_cost: 1500,
      goods_total: 317,
      custom_fee: 0,
      ...payment,
    },
    items: items ?? [item],
    locale: "en",
    internal_signature: "",
    customer_id: "test",
    delivery_service: "meest",
    shardkey: "9",
    sm_id: 99,
    date_created: "2021-11-26T06:22:19Z",
    oof_shard: "1",
    ...fields,
    order_uid: uid,
  };
}

/** An order of its own, as it is published. */
export function order(parts: OrderParts = {}): Document {
  const value = orderValue(parts);
  return { uid: value.order_uid, text: JSON.stringify(value) };
}

/** So many orders whose track numbers hold `mark`. */
export function ordersMarked(mark: string, count: number): Document[] {
  return Array.from({ length: count }, (_, index) =>
    order({ track_number: `${mark}-${String(index).padStart(4, "0")}` }),
  );
}
