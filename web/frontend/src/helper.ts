/** The page's side of a worker: it is started once, when something is first asked of it. */

import type { Reply, Request, TaskTable, Tell } from "./messages";

/** The worker refused or could not be started; `name` says which. */
export class HelperError extends Error {
  /** Of several, the number of the one that is wrong, where there is one. */
  readonly index: number | undefined;

  constructor(name: string, index?: number) {
    super(name);
    this.name = name;
    this.index = index;
  }
}

/** Have the worker do a task; `tell` hears of its progress. */
export type Ask<Tasks> = <Name extends keyof Tasks & string>(
  task: Name,
  takes: (Tasks[Name] & { takes: unknown })["takes"],
  tell?: Tell,
) => Promise<(Tasks[Name] & { gives: unknown })["gives"]>;

interface Waiting {
  resolve(gives: never): void;
  reject(error: HelperError): void;
  tell: Tell;
}

/** The worker whose address stands in the page's `<meta name=…>`. */
export function helper<Tasks extends TaskTable<keyof Tasks & string>>(meta: string): Ask<Tasks> {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let asked = 0;

  /** The worker is lost: everyone who waits is told, and the next task starts a new one. */
  const fail = (): void => {
    worker?.terminate();
    worker = undefined;
    const lost = [...waiting.values()];
    waiting.clear();
    for (const one of lost) one.reject(new HelperError("WorkerError"));
  };

  const hear = (reply: Reply): void => {
    const one = waiting.get(reply.id);
    if (!one) return;
    if ("done" in reply) {
      one.tell(reply.done, reply.of);
      return;
    }
    waiting.delete(reply.id);
    if ("error" in reply) one.reject(new HelperError(reply.error, reply.index));
    else one.resolve(reply.gives as never);
  };

  const start = (): Worker => {
    const url = document.querySelector<HTMLMetaElement>(`meta[name=${meta}]`)?.content;
    if (!url) throw new HelperError("WorkerError");
    const started = new Worker(url, { type: "module" });
    started.addEventListener("message", (event: MessageEvent<Reply>) => hear(event.data));
    started.addEventListener("error", fail);
    started.addEventListener("messageerror", fail);
    return started;
  };

  return (task, takes, tell = () => undefined) =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, { resolve, reject, tell });
      try {
        worker ??= start();
        worker.postMessage({ id: asked, task, takes } satisfies Request);
      } catch {
        fail();
      }
    });
}
