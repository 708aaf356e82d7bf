// Segment's own TypeScript SDK as a contender: the same command line and figures as the programs in bench/whole.
import { readFileSync } from 'node:fs';
import process from 'node:process';

import sdk from '@segment/public-api-sdk-typescript';

const [task, baseUrl, count] = process.argv.slice(2);
const sources = new sdk.SourcesApi(baseUrl);
sources.accessToken = 'for-a-benchmark';

async function get() {
  const { body } = await sources.getSource('source-1');
  if (!body.data.source.id) throw new Error('the source has no id');
}

async function page(size) {
  const { body } = await sources.listSources({ count: size });
  const came = body.data.sources.length;
  if (came !== size) throw new Error(`got ${came} sources`);
}

const tasks = { get, page200: () => page(200), page1000: () => page(1000) };

// User and system time of this process, in microseconds.
function processorTime() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function peakKiB() {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
}

if (!(task in tasks) || !count) {
  throw new Error('usage: get|page200|page1000 BASE_URL COUNT');
}
await tasks[task]();
const before = process.hrtime.bigint();
const processorBefore = processorTime();
for (let i = 0; i < Number(count); ++i) await tasks[task]();
const figures = {
  count: Number(count),
  cpu_us: processorTime() - processorBefore,
  wall_us: Number(process.hrtime.bigint() - before) / 1000,
  peak_kib: peakKiB(),
};
console.log(JSON.stringify(figures));
