/** How a page and its worker talk: one request, progress if there is some, one answer. */

/** Things that a worker can do: what each takes and gives. */
export type TaskTable<Names extends string> = {
  readonly [Name in Names]: { takes: unknown; gives: unknown };
};

/** From page to worker. */
export interface Request {
  readonly id: number;
  readonly task: string;
  readonly takes: unknown;
}

/** From worker to page: one answer or refusal for each request, and progress before it. */
export type Reply =
  | { readonly id: number; readonly gives: unknown }
  | { readonly id: number; readonly error: string; readonly index: number | undefined }
  | { readonly id: number; readonly done: number; readonly of: number };

/** Told how far a task is. */
export type Tell = (done: number, of: number) => void;
