/** What a page asks of the worker, and what comes back. */

import type { Choice } from "./crypto/choices";
import type { Share } from "./crypto/decryption";
import type { SealedBallot } from "./crypto/sealing";
import type { TrusteeKey } from "./crypto/trustees";

/** One box whose tally a trustee opens: raw records of its archive. */
export interface BoxTally {
  readonly box: string;
  readonly election: string;
  readonly encrypted_tally: string;
}

/** Each thing the worker can do: what it takes and gives. */
export interface Tasks {
  signInCode: { takes: { secret: string }; gives: string };
  publicCredential: { takes: { box: string; credential: string }; gives: string };
  seal: {
    takes: {
      box: string;
      election: Uint8Array;
      /** What the bytes of `election` must hash to. */
      sha256: string;
      credential: string;
      /** The public credential that the service knows for this member. */
      publicCredential: string;
      choices: readonly Choice[];
    };
    gives: SealedBallot;
  };
  makeKey: { takes: { name?: string }; gives: TrusteeKey };
  openTally: {
    takes: { publicKey: string; keyFile: string; boxes: readonly BoxTally[] };
    gives: Readonly<Record<string, Share>>;
  };
}

export type TaskName = keyof Tasks;

/** From page to worker. */
export type Request = {
  [Name in TaskName]: { readonly id: number; readonly task: Name; readonly takes: Tasks[Name]["takes"] };
}[TaskName];

/** From worker to page: one answer or refusal for each request, and progress before it. */
export type Reply =
  | { readonly id: number; readonly gives: unknown }
  | { readonly id: number; readonly error: string }
  | { readonly id: number; readonly done: number; readonly of: number };
