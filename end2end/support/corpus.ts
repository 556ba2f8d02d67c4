import type { Document } from "./service.ts";
import { item, order } from "./orders.ts";

/** Texts that have broken pages elsewhere: code, directions, widths, lengths. */
export const hostileTexts = [
  "<script>window.hostile=1</script>",
  "</script></pre></code></textarea></title></style><script>window.hostile=1</script>",
  "<img src=x onerror=window.hostile=1>",
  "\"><svg onload=window.hostile=1>",
  "' autofocus onfocus='window.hostile=1' x='",
  "--><iframe srcdoc='<script>parent.hostile=1</script>'></iframe><!--",
  "<base href=//attacker.invalid><link rel=stylesheet href=//attacker.invalid/x.css>",
  "<meta http-equiv=refresh content='0;url=javascript:window.hostile=1'>",
  "javascript:window.hostile=1",
  "data:text/html,<script>window.hostile=1</script>",
  "{{constructor.constructor('window.hostile=1')()}} ${window.hostile=1} <%= 1 %>",
  "&lt;script&gt;window.hostile=1&lt;/script&gt; &#60;b&#62; &amp;amp;",
  "\\u003cscript\\u003ewindow.hostile=1\\u003c/script\\u003e",
  "=HYPERLINK(\"https://attacker.invalid\",\"click\")",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "\u202Egnp.exe\u202C \u2066left\u2069 \u2067right",
  "\u200F\u202B123 \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627",
  "zero\u200Bwidth\u200C\u200D\uFEFF\u2060joiners\u00AD",
  `Z${"\u0301\u0316\u0327\u0353".repeat(40)}algo`,
  "\u{1F469}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}\u{1F1F7}\u{1F1FA}",
  "\u{1F600}".repeat(300),
  "\uFDFD".repeat(40),
  "line\nbreak\r\nand\ttab\u0001\u0008\u001B[31m\u2028\u2029",
  "漢字かな交じり文".repeat(60),
  "W".repeat(5_000),
  "a ".repeat(2_000),
  "\uFFFD\uFFFE\u{10FFFF}",
];

/** The same numbers for the same seed, from 0 to 1 (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a uid may hold: printable, and not too long. */
function asUid(text: string): string {
  return Array.from(text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "")).slice(0, 100).join("");
}

/**
 * Orders with hostile texts in each of their fields. The same seed makes the
 * same; `mark` begins each uid.
 */
export function hostileOrders(mark: string, count: number, seed: number): Document[] {
  const next = numbers(seed);
  const text = (): string => hostileTexts[Math.floor(next() * hostileTexts.length)] ?? "";
  const texts = (names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, text()]));
  const hostileItem = (): Record<string, unknown> => ({
    ...item,
    ...texts(["track_number", "rid", "name", "size", "brand"]),
  });
  return Array.from({ length: count }, (_, index) =>
    order({
      order_uid: `${mark}-${index}-${asUid(text())}x`,
      track_number: text(),
      ...texts(["entry", "locale", "internal_signature", "customer_id", "delivery_service", "shardkey", "oof_shard"]),
      delivery: texts(["name", "phone", "zip", "city", "address", "region", "email"]),
      payment: texts(["transaction", "request_id", "currency", "provider", "bank"]),
      items: [hostileItem(), hostileItem(), hostileItem()],
      [text()]: text(),
    }),
  );
}

/** One order with so many lines, whose names are hostile. */
export function orderOfManyItems(uid: string, count: number): Document {
  const items = Array.from({ length: count }, (_, index) => ({
    name: `${index} ${(hostileTexts[index % 12] ?? "").slice(0, 30)}`,
    price: 1,
    total_price: 0.1,
  }));
  return order({ order_uid: uid, items });
}
