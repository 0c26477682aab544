/** The page's side of the worker: it is started once, when something is first asked of it. */

import type { Reply, Request, TaskName, Tasks } from "./messages";

/** The worker refused or could not be started; `name` says which. */
export class HelperError extends Error {
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

interface Waiting {
  resolve(gives: unknown): void;
  reject(error: HelperError): void;
  tell(done: number, of: number): void;
}

const waiting = new Map<number, Waiting>();
let worker: Worker | undefined;
let asked = 0;

/** Have the worker do a task; `tell` hears of its progress. */
export function ask<Name extends TaskName>(
  task: Name,
  takes: Tasks[Name]["takes"],
  tell: Waiting["tell"] = () => undefined,
): Promise<Tasks[Name]["gives"]> {
  return new Promise((resolve, reject) => {
    asked += 1;
    waiting.set(asked, { resolve: resolve as Waiting["resolve"], reject, tell });
    try {
      worker ??= start();
      worker.postMessage({ id: asked, task, takes } as Request);
    } catch {
      fail();
    }
  });
}

function start(): Worker {
  const url = document.querySelector<HTMLMetaElement>("meta[name=teg-worker]")?.content;
  if (!url) throw new HelperError("WorkerError");
  const started = new Worker(url, { type: "module" });
  started.addEventListener("message", (event: MessageEvent<Reply>) => hear(event.data));
  started.addEventListener("error", fail);
  started.addEventListener("messageerror", fail);
  return started;
}

function hear(reply: Reply): void {
  const one = waiting.get(reply.id);
  if (!one) return;
  if ("done" in reply) {
    one.tell(reply.done, reply.of);
    return;
  }
  waiting.delete(reply.id);
  if ("error" in reply) one.reject(new HelperError(reply.error));
  else one.resolve(reply.gives);
}

/** The worker is lost: everyone who waits is told, and the next task starts a new one. */
function fail(): void {
  worker?.terminate();
  worker = undefined;
  const lost = [...waiting.values()];
  waiting.clear();
  for (const one of lost) one.reject(new HelperError("WorkerError"));
}
