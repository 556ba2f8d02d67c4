import type { ConsoleMessage, Page, Request, Response } from "@playwright/test";

/**
 * Watches pages and remembers what no page may do: write an error or a warning
 * to the console, throw, ask for what is not there, open a dialogue.
 */
export class PageWatch {
  readonly complaints: string[] = [];
  readonly #expected = new Map<string, number>();
  readonly #listening = new WeakSet<Page>();
  /** Pages that asked for another document, and still have the last. */
  readonly #leaving = new WeakSet<Page>();
  /** How many documents a page has left, and had when it made a request. */
  readonly #left = new WeakMap<Page, number>();
  readonly #askedIn = new WeakMap<Request, number>();
  readonly #hasScripts: boolean;
  #mayLoseStream = false;

  constructor(hasScripts: boolean) {
    this.#hasScripts = hasScripts;
  }

  /** This test's subject is a document that is answered with `status`. */
  expectStatus(path: string, status: number): void {
    this.#expected.set(new URL(path, "http://127.0.0.1").href.replace("http://127.0.0.1", ""), status);
  }

  /** This test's subject is a service that goes away while a page listens. */
  expectLostStream(): void {
    this.#mayLoseStream = true;
  }

  /** Whether the document that is open hears the stream: its scripts run. */
  isListening(page: Page): boolean {
    return this.#listening.has(page);
  }

  follow(page: Page): void {
    page.on("console", (message) => {
      this.#onConsole(message);
    });
    page.on("pageerror", (error) => {
      this.#complain(`uncaught: ${error.stack ?? error.message}`);
    });
    page.on("dialog", (dialog) => {
      this.#complain(`a dialogue: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("crash", () => {
      this.#complain("the page crashed");
    });
    page.on("request", (request) => {
      this.#askedIn.set(request, this.#leftBy(page));
      if (isDocument(request)) {
        this.#leaving.add(page);
        this.#listening.delete(page);
      }
    });
    // Until then the last document goes on asking, and hears its stream.
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame() && this.#leaving.delete(page)) this.#left.set(page, this.#leftBy(page) + 1);
    });
    page.on("requestfailed", (request) => {
      this.#onFailure(request, !this.#isOpen(page, request));
      // The answer was no document, but a file to keep.
      if (isDocument(request)) this.#leaving.delete(page);
    });
    page.on("response", (response) => {
      if (isStream(response.url()) && this.#isOpen(page, response.request())) this.#listening.add(page);
      this.#onResponse(response);
    });
  }

  #onConsole(message: ConsoleMessage): void {
    if (message.type() !== "error" && message.type() !== "warning") return;
    const { url } = message.location();
    const isFailedLoad = message.text().startsWith("Failed to load resource");
    if (isFailedLoad && (this.#isExpected(url) || (this.#mayLoseStream && followsStream(url)))) return;
    // Nor does it use what they would have: it says so where a page takes its time.
    if (!this.#hasScripts && message.text().includes("was preloaded using link preload")) return;
    this.#complain(`console ${message.type()}: ${message.text()} (${url})`);
  }

  #leftBy(page: Page): number {
    return this.#left.get(page) ?? 0;
  }

  /** Whether the document that made a request is open and stays. */
  #isOpen(page: Page, request: Request): boolean {
    return !this.#leaving.has(page) && this.#askedIn.get(request) === this.#leftBy(page);
  }

  #onFailure(request: Request, wasLeft: boolean): void {
    const cause = request.failure()?.errorText ?? "";
    const isAborted = cause === "net::ERR_ABORTED";
    // Leaving a page ends its stream, and what it was still loading ahead.
    if (isStream(request.url()) && isAborted) return;
    if (this.#mayLoseStream && followsStream(request.url())) return;
    if (isAborted && wasLeft) return;
    // Chromium names scripts that it was told not to run as if the policy forbade them.
    if (!this.#hasScripts && cause === "csp" && isScript(request.url())) return;
    this.#complain(`failed request: ${request.method()} ${request.url()}: ${cause}`);
  }

  #onResponse(response: Response): void {
    if (response.status() < 400) return;
    if (this.#isExpected(response.url(), response.status())) return;
    if (this.#mayLoseStream && followsStream(response.url())) return;
    this.#complain(`status ${response.status()}: ${response.url()}`);
  }

  #isExpected(url: string, status?: number): boolean {
    if (!URL.canParse(url)) return false;
    const { origin, href } = new URL(url);
    const expected = this.#expected.get(href.slice(origin.length));
    return expected !== undefined && (status === undefined || status === expected);
  }

  #complain(complaint: string): void {
    this.complaints.push(complaint);
  }
}

function isDocument(request: Request): boolean {
  return request.isNavigationRequest() && request.frame().parentFrame() === null;
}

function isStream(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname === "/api/live";
}

/** The stream, and the parts of pages that are asked for when it tells something. */
function followsStream(url: string): boolean {
  return isStream(url) || (URL.canParse(url) && /^\/desk(\/pace)?$/.test(new URL(url).pathname));
}

function isScript(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname.endsWith(".js");
}
