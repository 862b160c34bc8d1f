// What the page must reach, measured in Debian's Chromium against a stand-in: bench.mjs DIST. Prints a table.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { exampleSession } from './example_session.mjs';
import { drawPath, Harness, until, wave } from './harness.mjs';
import { MockBox } from './mock_box.mjs';

const [dist] = process.argv.slice(2);
const lazy = /engine-/; // the sound, fetched when something is to be heard
const slowdown = 4;
const rows = [];
const note = (what, goal, measured) => rows.push([what, goal, measured]);
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

function firstLoad() {
  const files = ['index.html', ...readdirSync(join(dist, 'assets')).filter((name) => !lazy.test(name)).map((name) => join('assets', name))];
  const bytes = files.reduce((sum, name) => sum + gzipSync(readFileSync(join(dist, name)), { level: 9 }).length, 0);
  note('first load, compressed', '<= 250 kB', `${(bytes / 1000).toFixed(1)} kB`);
}

// Milliseconds between frames while something goes on in the page.
const frames = (page, seconds) => page.evaluate((length) => new Promise((resolve) => {
  const gaps = [];
  let last = performance.now();
  const end = last + length;
  const step = (now) => {
    gaps.push(now - last);
    last = now;
    if (now < end) requestAnimationFrame(step);
    else resolve(gaps.slice(2).sort((a, b) => a - b));
  };
  requestAnimationFrame(step);
}), seconds * 1000);

const framesText = (gaps) => `${(1000 / at(gaps, 0.5)).toFixed(0)} frames a second; 99 % of gaps <= ${at(gaps, 0.99).toFixed(1)} ms, longest ${gaps.at(-1).toFixed(1)} ms`;

// A session whose first section shows `count` notes.
function fullSession(count) {
  const session = exampleSession('Five thousand');
  const [lead] = session.tracks;
  lead.patterns[0].notes = Array.from({ length: count }, (_, index) => ({ start: Math.floor((index * 3840) / count), duration: 60 + (index % 5) * 60, pitch: 36 + ((index * 7) % 60), velocity: 60 + (index % 60) }));
  return session;
}

const box = new MockBox(dist);
const drawing = box.addImage(readFileSync(new URL('./drawing.png', import.meta.url)), 'image/png');
const full = box.addSession(fullSession(5000), drawing);
const url = await box.listen();
const harness = new Harness('/tmp');
await harness.start();

async function interactive() {
  const times = [];
  for (let turn = 0; turn < 5; ++turn) {
    const page = await harness.open('about:blank');
    await page.waitForTimeout(1500); // a window that opens keeps the browser busy with itself
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await page.goto(url);
    await until(page, () => performance.getEntriesByName('interactive').length > 0);
    times.push(await page.evaluate(() => performance.getEntriesByName('interactive')[0].startTime));
    await page.context().close();
  }
  times.sort((a, b) => a - b);
  note(`interactive, CPU ${slowdown} times slower`, '< 1000 ms', `${times[2].toFixed(0)} ms (${times[0].toFixed(0)} to ${times[4].toFixed(0)})`);
}

// From the moment of a movement, as the browser stamps it, until its ink is on the canvas. The page takes movements raw
// where it can; the others are told once a frame.
async function strokes() {
  const page = await harness.open(url);
  await page.evaluate(() => {
    globalThis.inked = [];
    const movement = 'onpointerrawupdate' in globalThis ? 'pointerrawupdate' : 'pointermove';
    document.addEventListener(movement, (event) => event.buttons && queueMicrotask(() => globalThis.inked.push(performance.now() - event.timeStamp)));
  });
  for (let turn = 0; turn < 4; ++turn) await drawPath(page, wave);
  const inked = (await page.evaluate(() => globalThis.inked)).sort((a, b) => a - b);
  note('stroke to ink', '< 16 ms', `median ${at(inked, 0.5).toFixed(1)} ms, 99 % <= ${at(inked, 0.99).toFixed(1)} ms (${inked.length} movements)`);
  await page.context().close();
}

async function roll() {
  const page = await harness.open(`${url}#/session/${full.id}`, 'desk');
  await page.locator('.roll').waitFor();
  await page.getByRole('button', { name: 'Play out', exact: true }).click();
  await page.locator('.transport.is-playing').waitFor();
  note('piano roll of 5,000 notes, playing', '60 frames a second', framesText(await frames(page, 5)));
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.context().close();
}

async function gallery() {
  const { document: _, ...head } = full;
  const many = Array.from({ length: 100_000 }, (_, index) => ({ ...head, id: `s${index}`, title: `Sketch ${index}` }));
  box.sessions = many;
  const page = await harness.open(`${url}#/history`);
  await page.locator('.session-card').first().waitFor();
  await page.evaluate(() => {
    const down = () => {
      scrollBy(0, 400);
      globalThis.scrolling = requestAnimationFrame(down);
    };
    down();
  });
  note('gallery of 100,000, scrolled fast', 'no stall', framesText(await frames(page, 8)));
  const reached = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.scrolling);
    return [document.querySelector('.session-card:last-child b').textContent, document.querySelectorAll('.session-card').length];
  });
  note('', '', `${reached[1]} cards exist at “${reached[0]}”`);
  await page.context().close();
}

firstLoad();
await interactive();
await strokes();
await roll();
await gallery();
await harness.end();
await box.close();
for (const [what, goal, measured] of rows) console.log(`${what.padEnd(40)}${goal.padEnd(22)}${measured}`);
process.exit(0);
