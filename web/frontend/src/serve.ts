/**
 * The worker's side: it talks to nobody but the page that started it, and keeps nothing
 * between requests.
 */

import { SealingError } from "./crypto/errors";
import type { Reply, Request, TaskTable, Tell } from "./messages";

/** How each task is done. */
export type Work<Tasks extends TaskTable<keyof Tasks & string>> = {
  [Name in keyof Tasks]: (
    takes: Tasks[Name]["takes"],
    tell: Tell,
  ) => Tasks[Name]["gives"] | Promise<Tasks[Name]["gives"]>;
};

/** Answer every request of the page. */
export function serve<Tasks extends TaskTable<keyof Tasks & string>>(work: Work<Tasks>): void {
  const answer = async ({ id, task, takes }: Request): Promise<Reply> => {
    try {
      const does = work[task as keyof Tasks] as (takes: unknown, tell: Tell) => unknown;
      const tell: Tell = (done, of) => self.postMessage({ id, done, of } satisfies Reply);
      return { id, gives: await does(takes, tell) };
    } catch (error) {
      const index = error instanceof SealingError ? error.index : undefined;
      return { id, error: error instanceof Error ? error.name : "Error", index };
    }
  };
  self.addEventListener("message", async (event: MessageEvent<Request>) => {
    self.postMessage(await answer(event.data));
  });
}
