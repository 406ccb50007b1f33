// Starts what the tests need, runs every *.test.mjs of this folder, and counts.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { begin, end, tests, runOne } from './harness.mjs';

const [program, part] = process.argv.slice(2);
const folder = dirname(fileURLToPath(import.meta.url));
const AT_ONCE = 2;
const failures = [];
let passed = 0;

await begin(program);
for (const file of readdirSync(folder).filter((name) => name.endsWith('.test.mjs')).sort()) {
  const before = tests.length;
  await import(pathToFileURL(join(folder, file)));
  for (const one of tests.slice(before)) one.file = file;
}
const chosen = tests.filter((one) => !part || one.name.includes(part) || one.file.includes(part));
// Those that measure time or focus run alone, after the others.
const worker = async (queue) => {
  for (let one; (one = queue.shift());) {
    const from = performance.now();
    try {
      await runOne(one);
      passed += 1;
      if (process.env.TIMES) console.log(`${Math.round(performance.now() - from)} ms ${one.file}: ${one.name}`);
    } catch (problem) {
      failures.push(one.name);
      console.log(`FAILED: ${one.file}: ${one.name}\n    ${problem.message}`);
    }
  }
};
const together = chosen.filter((one) => !one.alone);
await Promise.all(Array.from({ length: AT_ONCE }, () => worker(together)));
await worker(chosen.filter((one) => one.alone));
await end();
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
