/**
 * The worker: all cryptography of the pages happens here, apart from what is shown.
 *
 * It talks to nobody but the page that started it, and keeps nothing between requests.
 * Source: design 3 (the formats), design 6, section 0.1 (the kit).
 */

import { utf8 } from "./crypto/bytes";
import { voteOf } from "./crypto/choices";
import { publicCredential, signInCode } from "./crypto/credentials";
import { decryptShare, type Share } from "./crypto/decryption";
import { parseElection } from "./crypto/election";
import { SealingError } from "./crypto/errors";
import { browserRandom } from "./crypto/random";
import { sealBallot } from "./crypto/sealing";
import { makeKey, readKeyFile } from "./crypto/trustees";
import type { Reply, Request, TaskName, Tasks } from "./messages";

type Tell = (done: number, of: number) => void;
type Work = { [Name in TaskName]: (takes: Tasks[Name]["takes"], tell: Tell) => Tasks[Name]["gives"] };

const random = browserRandom();

const work: Work = {
  signInCode: ({ secret }) => signInCode(secret),

  publicCredential: ({ box, credential }) => publicCredential(box, credential),

  seal(takes) {
    // The secret in this tab may be another person's: her ballot must not be sent as this one's.
    if (publicCredential(takes.box, takes.credential) !== takes.publicCredential) {
      throw new SealingError("WrongCredentialError");
    }
    const election = parseElection(takes.election, takes.box, takes.sha256);
    if (takes.choices.length !== election.questions.length) {
      throw new SealingError("ChoiceRulesError", "questions");
    }
    const votes = election.questions.map((question, index) =>
      voteOf(question, takes.choices[index] ?? ""),
    );
    return sealBallot(election, takes.credential, votes, random);
  },

  makeKey: ({ name }) => makeKey(random, name),

  openTally({ publicKey, keyFile, boxes }, tell) {
    const secret = readKeyFile(keyFile);
    const elections = boxes.map((one) => parseElection(utf8(one.election), one.box));
    const total = elections.flatMap(({ questions }) =>
      questions.map(({ answers, blank }) => answers.length + (blank ? 1 : 0)),
    ).reduce((sum, width) => sum + width, 0);
    let done = 0;
    const shares: Record<string, Share> = {};
    elections.forEach((election, index) => {
      const tally = boxes[index]?.encrypted_tally ?? "";
      shares[election.uuid] = decryptShare(election, tally, secret, publicKey, random, () => {
        done += 1;
        tell(done, total);
      });
    });
    return shares;
  },
};

function answer({ id, task, takes }: Request): Reply {
  try {
    const does = work[task] as (takes: unknown, tell: Tell) => unknown;
    return { id, gives: does(takes, (done, of) => self.postMessage({ id, done, of })) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.name : "Error" };
  }
}

self.addEventListener("message", (event: MessageEvent<Request>) => {
  self.postMessage(answer(event.data));
});
