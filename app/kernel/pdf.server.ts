import { Worker } from "node:worker_threads";
import { LOCALE_TAGS, type Locale } from "./locale";
import { once } from "./process.server";

/** A piece of a document, in the order in which it is read. Its words are shown as they are, whatever signs they hold. */
export type PdfPart =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "quote"; readonly text: string; readonly from: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "facts"; readonly rows: readonly (readonly [name: string, value: string])[] }
  | { readonly kind: "hash"; readonly name: string; readonly value: string };

export type PdfDocument = {
  readonly locale: Locale;
  /** What sort of paper it is, above its title. */
  readonly kind: string;
  readonly title: string;
  readonly parts: readonly PdfPart[];
  /** At the foot of every page, beside its number. */
  readonly footer: string;
  /** When it was made: the same words at the same time are the same bytes. */
  readonly at: Date;
};

type Outcome = { id: number; pdf?: Uint8Array; failure?: string };
type Job = { resolve: (pdf: Uint8Array) => void; reject: (error: Error) => void };

/** A thread keeps the fonts, some tens of megabytes; it goes when nothing was asked of it for so long. */
const IDLE_MS = 60_000;

/** Sets documents in a thread of its own, started when the first is asked for, one after the other. */
class PdfPress {
  private worker: Worker | null = null;
  private readonly jobs = new Map<number, Job>();
  private asked = 0;
  private idle: NodeJS.Timeout | null = null;

  print({ locale, at, ...words }: PdfDocument): Promise<Uint8Array> {
    if (this.idle) clearTimeout(this.idle);
    this.idle = null;
    const [lang, ...rest] = LOCALE_TAGS[locale].split("-");
    const document = JSON.stringify({ ...words, lang, region: rest.at(-1) });
    return new Promise((resolve, reject) => {
      this.jobs.set(++this.asked, { resolve, reject });
      this.worker ??= this.start();
      this.worker.postMessage({ id: this.asked, document, at: Math.floor(at.getTime() / 1000) });
    });
  }

  private start(): Worker {
    const worker = new Worker(new URL("pdf-worker.mjs", new URL(".", import.meta.url)), { execArgv: [] });
    worker.on("message", (outcome: Outcome) => this.finish(outcome));
    worker.on("error", (error: unknown) => this.lose(worker, String(error)));
    worker.on("exit", () => this.lose(worker, "the thread ended"));
    worker.unref();
    return worker;
  }

  private finish({ id, pdf, failure }: Outcome): void {
    const job = this.jobs.get(id);
    this.jobs.delete(id);
    if (pdf) job?.resolve(pdf);
    else job?.reject(new Error(failure));
    if (this.jobs.size > 0) return;
    this.idle = setTimeout(() => void this.worker?.terminate(), IDLE_MS);
    this.idle.unref();
  }

  private lose(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = null;
    for (const { reject } of this.jobs.values()) reject(new Error(`no document was made: ${why}`));
    this.jobs.clear();
  }
}

/** A PDF of these words, in their language, for whoever may read them: who that is, is settled before. */
export const pdfOf = (document: PdfDocument): Promise<Uint8Array> =>
  once("pdf-press", () => new PdfPress()).print(document);
