// Runs built workers under Node: the very bytes that browsers get, on chosen random numbers.
//
// Reads orders, one a line: {"worker", "random", "requests"}. Each has a worker of its own. Writes
// a line for each: {"replies", "drawn"}. "random" is hexadecimal for the draws in their order,
// "broken" for a source that throws, or "constant" for one that stands still.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const genuine = crypto.getRandomValues.bind(crypto);
let draw;
let hear;
let tell;

Object.defineProperty(crypto, "getRandomValues", {
  // Shorter ones only blind a multiplication and change no result.
  value: (bytes) => (bytes.length < 32 ? genuine(bytes) : draw(bytes)),
});
globalThis.self = {
  postMessage: (reply) => tell(reply),
  addEventListener: (_, listener) => (hear = listener),
};

async function work({ worker, random, requests }, number) {
  const stream = Buffer.from(random, "hex");
  let drawn = 0;
  draw = (bytes) => {
    if (random === "broken") throw new Error("no randomness here");
    if (random === "constant") return bytes.fill(7);
    if (drawn + bytes.length > stream.length) throw new Error("the random numbers are used up");
    bytes.set(stream.subarray(drawn, (drawn += bytes.length)));
    return bytes;
  };
  const replies = [];
  await import(`${pathToFileURL(worker).href}?${number}`);
  for (const request of requests) {
    if (request.task === "seal") {
      request.takes.election = new TextEncoder().encode(request.takes.election);
    }
    await new Promise((answered) => {
      tell = (reply) => {
        replies.push(reply);
        if (!("done" in reply)) answered();
      };
      hear({ data: request });
    });
  }
  return { replies, drawn };
}

let number = 0;
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await work(JSON.parse(line), (number += 1))) + "\n");
}
