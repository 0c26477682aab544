// Runs a built worker under Node: the very bytes that browsers get, on chosen random numbers.
//
// Reads {"worker", "random", "requests"} from standard input and writes the list of replies.
// "random" is hexadecimal for the draws in their order, "broken" for a source that throws, or
// "constant" for one that stands still.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { worker, random, requests } = JSON.parse(readFileSync(0, "utf-8"));
const stream = Buffer.from(random, "hex");
const genuine = crypto.getRandomValues.bind(crypto);
let taken = 0;

Object.defineProperty(crypto, "getRandomValues", {
  value: (bytes) => {
    // Shorter ones only blind a multiplication and change no result.
    if (bytes.length < 32) return genuine(bytes);
    if (random === "broken") throw new Error("no randomness here");
    if (random === "constant") return bytes.fill(7);
    if (taken + bytes.length > stream.length) throw new Error("the random numbers are used up");
    bytes.set(stream.subarray(taken, (taken += bytes.length)));
    return bytes;
  },
});

const replies = [];
let hear;
let answered;
globalThis.self = {
  postMessage: (reply) => {
    replies.push(reply);
    if (!("done" in reply)) answered();
  },
  addEventListener: (_, listener) => (hear = listener),
};
await import(pathToFileURL(worker).href);
for (const request of requests) {
  if (request.task === "seal") {
    request.takes.election = new TextEncoder().encode(request.takes.election);
  }
  await new Promise((resolve) => {
    answered = resolve;
    hear({ data: request });
  });
}
process.stdout.write(JSON.stringify({ replies, drawn: taken }));
