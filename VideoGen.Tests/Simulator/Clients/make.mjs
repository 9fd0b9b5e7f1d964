// Makes one video with a vendor's own client against an address of the simulator, as a program of the vendor's customer would:
//   node make.mjs VENDOR ADDRESS REQUEST
// REQUEST is JSON, see the vendors' files. Prints { "id", "bytes", "sha256" } of what was downloaded.
import { createHash } from 'node:crypto';

const [vendor, address, request] = process.argv.slice(2);
const { make } = await import(`./${vendor}.mjs`);
const { id, response } = await make(address, JSON.parse(request));
if (!response.ok) {
  throw new Error(`The result was answered with HTTP ${response.status}`);
}

const hash = createHash('sha256');
let bytes = 0;
for await (const chunk of response.body) {
  hash.update(chunk);
  bytes += chunk.length;
}

console.log(JSON.stringify({ id, bytes, sha256: hash.digest('hex') }));
