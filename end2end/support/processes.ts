import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/** Starts a program of which the environment gives no settings but those named. */
export function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn(command, args, { ...options, env: { ...ownEnvironment(), ...options.env } });
}

/** This process's environment without the settings of a copy that may run beside. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const settings =
    /^(DATABASE_URL|STAN_.*|LISTEN_ADDR|AUTH|INGEST_.*|MAX_ORDER_BYTES|CACHE_CAPACITY|SHUTDOWN_TIMEOUT|LOG|LOG_FORMAT|PG.*|LEPTOS_.*)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.test(name)));
}

/** Waits until the process has ended, and gives its exit code or signal. */
export async function ended(child: ChildProcess): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.exitCode ?? child.signalCode;
}

export function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Asks again and again until the answer is yes. */
export async function until(
  what: string,
  seconds: number,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${seconds} s`);
    await delay(25);
  }
}
