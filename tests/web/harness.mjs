// Starts Debian's Chromium and runs cases one after the other; each gets a fresh page that may ask nobody but the box.
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const require = createRequire(new URL('../../server/web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
export const axeSource = () => require('axe-core').source;

const longest = 90_000; // milliseconds that a busy machine may take for what should be there at once
const only = process.env.DOODLED_CASE; // run the cases with these words in their name
export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };

// Runs in the page before anything else: what goes to the loudspeaker can be measured, as peak of the last half second or so:
// who looks late still finds a short sound.
function tapTheSound() {
  const taps = [];
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      const tap = this.context.createAnalyser();
      tap.fftSize = 32768;
      connect.call(this, tap);
      taps.push(tap);
    }
    return connect.call(this, target, ...rest);
  };
  globalThis.loudness = () => Math.max(0, ...taps.map((tap) => {
    const samples = new Float32Array(tap.fftSize);
    tap.getFloatTimeDomainData(samples);
    return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  }));
}

export class Harness {
  #browser;
  #failed = 0;
  #passed = 0;

  constructor(shots) {
    this.shots = shots;
    mkdirSync(shots, { recursive: true });
  }

  async start() {
    this.#browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
    });
  }

  // A page at `url` that notes what must not happen: errors, refused content, requests to anybody else. `prepare` gets it before.
  async open(url, size = 'phone', colorScheme = 'dark', prepare = async () => undefined) {
    const context = await this.#browser.newContext({ viewport: sizes[size], colorScheme, hasTouch: size === 'phone' });
    await context.addInitScript(tapTheSound);
    const page = await context.newPage();
    page.setDefaultTimeout(longest);
    page.faults = [];
    page.on('pageerror', (error) => page.faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      const text = message.text();
      const expected = /the server responded with a status of 4|WebSocket connection to|ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/.test(text);
      if (message.type() === 'error' && !expected) page.faults.push(`console: ${text}`);
    });
    page.on('request', (request) => {
      const asked = new URL(request.url());
      if (!['blob:', 'data:'].includes(asked.protocol) && asked.host !== new URL(url).host) page.faults.push(`asked ${asked.host}`);
    });
    await prepare(page);
    await page.goto(url);
    return page;
  }

  async case(name, run) {
    if (only && !name.includes(only)) return;
    try {
      await run();
      ++this.#passed;
      console.log(`ok    ${name}`);
    } catch (error) {
      ++this.#failed;
      console.log(`FAIL  ${name}\n      ${String(error.message ?? error).split('\n').slice(0, 16).join('\n      ')}`);
      await Promise.all(this.#browser.contexts().map((context) => context.close())); // a page that plays on would slow the next case
    }
  }

  async close(page) {
    const { faults } = page;
    await page.context().close();
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  shot(page, name) {
    return page.screenshot({ path: join(this.shots, `${name}.png`) });
  }

  async end() {
    await this.#browser.close();
    console.log(`${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0 ? 0 : 1;
  }
}

export function check(value, message) {
  if (!value) throw new Error(message);
}

// Waits until `predicate` holds in the page. Playwright's own waiting compiles text there, which the page's security
// policy forbids.
export async function until(page, predicate, argument, patience = longest) {
  const end = Date.now() + patience;
  while (!(await page.evaluate(predicate, argument))) {
    if (Date.now() > end) throw new Error(`waited in vain for ${predicate}`);
    await page.waitForTimeout(30);
  }
}

// Where anything drawn will do.
export const line = [[0.2, 0.3], [0.5, 0.35], [0.8, 0.4]];

// A path over the drawing page, in fractions of it.
export async function drawPath(page, points) {
  const area = await page.locator('.page').boundingBox();
  const to = ([x, y]) => [area.x + x * area.width, area.y + y * area.height];
  await page.mouse.move(...to(points[0]));
  await page.mouse.down();
  for (const point of points.slice(1)) await page.mouse.move(...to(point));
  await page.mouse.up();
}

export const wave = Array.from({ length: 31 }, (_, index) => [0.05 + index * 0.03, 0.4 + 0.2 * Math.sin(index / 2.5)]);

// No fault that would keep somebody from using what is shown, by axe-core.
// `rules` are those of axe to ask, all without.
export async function easyToUse(page, where = 'the page', rules = null) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource());
  const result = await page.evaluate((asked) => globalThis.axe.run(document, { resultTypes: ['violations'], ...(asked ? { runOnly: asked } : {}) }), rules);
  const faults = result.violations
    .filter((violation) => ['serious', 'critical'].includes(violation.impact))
    .map((violation) => `${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(' | ')}`);
  check(faults.length === 0, `${where} is hard to use: ${faults.join('\n')}`);
}
