import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports that the kernel gives to outgoing connections. */
const LOWEST = 20_000;
const HIGHEST = 30_000;

/**
 * So many free ports on loopback. Two workers of one run never get the same.
 */
export async function freePorts(count: number, parallelIndex: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const port = randomInt(LOWEST / 4, HIGHEST / 4) * 4 + (parallelIndex % 4);
    if (!found.includes(port) && (await isFree(port))) found.push(port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(false);
    });
    server.listen(port, "127.0.0.1", () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
