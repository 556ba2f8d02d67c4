import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { freePorts } from "./ports.ts";
import { ended, isRunning, start, until } from "./processes.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const binaries = join(process.env["CARGO_TARGET_DIR"] ?? join(root, "target"), "release");
const serverBinary = process.env["ORDERDESK_BIN"] ?? join(binaries, "orderdesk");
const publisherBinary = process.env["ORDERDESK_PUBLISH_BIN"] ?? join(binaries, "orderdesk-publish");

/** The order of the task, as it is published: every byte of the file. */
export const modelOrderFile = join(root, "samples", "model-order.json");

/**
 * The whole of Orderdesk for tests: PostgreSQL and NATS Streaming of its own, in
 * a folder of its own, and the built service.
 *
 * All of it ends with this process, however that ends: the script's standard
 * input closes, and the kernel tells the service.
 */
export class Service {
  /** Where the pages are, e.g. `http://127.0.0.1:20001`. */
  readonly url: string;
  readonly #folder: string;
  readonly #servers: ChildProcess;
  readonly #environment: Record<string, string>;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number, servers: ChildProcess, urls: Record<string, string>) {
    this.url = `http://127.0.0.1:${port}`;
    this.#folder = folder;
    this.#servers = servers;
    this.#environment = { ...urls, LISTEN_ADDR: `127.0.0.1:${port}`, LOG_FORMAT: "text" };
  }

  /** Starts everything, empty. */
  static async start(parallelIndex: number): Promise<Service> {
    for (const binary of [serverBinary, publisherBinary]) {
      if (!existsSync(binary)) throw new Error(`${binary} is missing: run scripts/build.sh`);
    }
    const [http, postgres, stan, monitor] = (await freePorts(4, parallelIndex)) as [number, number, number, number];
    const folder = mkdtempSync(join(tmpdir(), "orderdesk-end2end-"));
    chmodSync(folder, 0o755);
    // The folder goes when the servers have ended, also after this process was killed.
    const script = '"$0" --until-stdin-closes; status=$?; rm -rf -- "$LOCAL_DIR"; exit "$status"';
    const servers = start("bash", ["-c", script, join(root, "scripts", "services.sh")], {
      env: {
        LOCAL_DIR: folder,
        PGPORT: String(postgres),
        STAN_PORT: String(stan),
        STAN_MONITOR_PORT: String(monitor),
        PG_FSYNC: "off",
        PG_SHARED_BUFFERS: "64MB",
      },
      stdio: ["pipe", "pipe", "inherit"],
      // A Ctrl-C on the terminal is for the test runner: servers stop in their turn.
      detached: true,
    });
    const service = new Service(folder, http, servers, await urlsOf(servers));
    await service.startProcess();
    return service;
  }

  /** Starts the service and waits until it is ready. */
  async startProcess(): Promise<void> {
    const log = openSync(this.#log(), "a");
    // The kernel stops it when this process dies.
    const child = start("setpriv", ["--pdeathsig", "KILL", serverBinary], {
      env: this.#environment,
      stdio: ["ignore", log, log],
      detached: true,
    });
    closeSync(log);
    this.#process = child;
    await until("the service is ready", 60, async () => {
      if (!isRunning(child)) throw new Error(`the service ended while starting:\n${this.logEnd()}`);
      return (await this.#status("/readyz")) === 200;
    });
  }

  /** Stops the service alone, in order. */
  async stopProcess(): Promise<void> {
    const code = await this.#endProcess("SIGTERM");
    if (code !== 0) throw new Error(`the service ended with ${String(code)}:\n${this.logEnd()}`);
  }

  /** Ends the service alone at once, as a crash would. */
  async killProcess(): Promise<void> {
    await this.#endProcess("SIGKILL");
  }

  /** Stops everything and forgets it. */
  async stop(): Promise<void> {
    try {
      if (this.#process !== undefined && isRunning(this.#process)) await this.stopProcess();
    } finally {
      this.#servers.stdin?.end();
      await ended(this.#servers);
    }
  }

  /** Publishes the documents, byte for byte, and waits until the last is stored. */
  async publish(...documents: Document[]): Promise<void> {
    await this.send(...documents);
    const last = documents.at(-1);
    if (last !== undefined) await this.hasStored(last.uid);
  }

  /** Publishes the documents, byte for byte, and does not wait. */
  async send(...documents: Document[]): Promise<void> {
    // A document with a line break of its own is sent alone.
    const lines = documents.filter(({ text }) => !/[\r\n]/.test(text));
    const whole = documents.filter(({ text }) => /[\r\n]/.test(text));
    if (lines.length > 0) {
      await this.runPublisher(["--file", "-"], lines.map(({ text }) => text).join("\n"));
    }
    for (const { text } of whole) await this.runPublisher(["--file", "-", "--raw"], text);
  }

  /** Publishes the order of the task from its file. */
  async publishModelOrder(): Promise<Document> {
    await this.runPublisher(["--file", modelOrderFile]);
    const document = { uid: "b563feb7b2b84b6test", text: readFileSync(modelOrderFile, "utf8") };
    await this.hasStored(document.uid);
    return document;
  }

  /** Publishes made-up orders; the same seed makes the same. Gives their uids. */
  async publishMadeUp(count: number, seed: number, ...args: string[]): Promise<string[]> {
    const output = await this.runPublisher([
      ...["--count", String(count), "--seed", String(seed), "--concurrency", "1"],
      ...args,
    ]);
    const uids = output.trim().split("\n").map((line) => line.split(" ")[0] ?? "");
    const last = uids.at(-1);
    if (last !== undefined) await this.hasStored(last);
    return uids;
  }

  async runPublisher(args: string[], input = ""): Promise<string> {
    const child = start(publisherBinary, args, { env: this.#environment, stdio: "pipe" });
    let output = "";
    let complaints = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (complaints += text));
    child.stdin?.end(input);
    await once(child, "close");
    if (child.exitCode !== 0) throw new Error(`orderdesk-publish ${args.join(" ")}:\n${complaints}`);
    return output;
  }

  /** What the service wrote last. */
  logEnd(): string {
    try {
      return readFileSync(this.#log(), "utf8").split("\n").slice(-60).join("\n");
    } catch {
      return "";
    }
  }

  async hasStored(uid: string): Promise<void> {
    // Not by its address: `..` has none there.
    const request = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ uid }) };
    await until(`the order ${uid} is stored`, 20, async () => (await this.#status("/check", request)) === 200);
  }

  #log(): string {
    return join(this.#folder, "logs", "orderdesk.log");
  }

  async #endProcess(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    if (this.#process === undefined) return null;
    this.#process.kill(signal);
    const code = await ended(this.#process);
    this.#process = undefined;
    return code;
  }

  async #status(path: string, request: RequestInit = {}): Promise<number> {
    try {
      const response = await fetch(this.url + path, { ...request, signal: AbortSignal.timeout(5000) });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }
}

/** An order as it is published. */
export interface Document {
  uid: string;
  text: string;
}

/** Reads the line `ready NAME=value …` of scripts/services.sh. */
async function urlsOf(servers: ChildProcess): Promise<Record<string, string>> {
  if (servers.stdout === null) throw new Error("standard output is piped");
  for await (const line of createInterface({ input: servers.stdout })) {
    const [first, ...words] = line.split(" ");
    if (first !== "ready") continue;
    return Object.fromEntries(
      words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]),
    );
  }
  throw new Error("PostgreSQL and NATS Streaming did not start; scripts/services.sh says why");
}
