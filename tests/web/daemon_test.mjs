// The page against the real daemon: daemon_test.mjs DOODLED SHOTS. OSC is received here and must really arrive.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, drawPath, easyToUse, Harness, until, wave } from './harness.mjs';

const [program, shots] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'doodled-page-'));
const drawing = new URL('./drawing.png', import.meta.url).pathname;

// Addresses of the OSC messages that came, in order.
const heard = [];
const ear = createSocket('udp4');
ear.on('message', (bytes) => heard.push(bytes.subarray(0, bytes.indexOf(0)).toString('latin1')));
await new Promise((resolve) => ear.bind(0, '127.0.0.1', resolve));
const settings = join(folder, 'doodled.toml');
writeFileSync(settings, `[[device]]\nid = "ear"\ndriver = "osc"\nhost = "127.0.0.1"\nport = ${ear.address().port}\n`);

// A daemon that listens where it is told, or at a free port; resolves with its address.
function serve(listen = '127.0.0.1:0', data = 'data') {
  const daemon = spawn(program, ['serve', '--config', settings, '--listen', listen, '--data-dir', join(folder, data)], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let said = '';
    const listenTo = (text) => {
      said += text;
      const found = /listening on (http:\/\/\S+)/.exec(said);
      if (found) resolve({ daemon, url: found[1] });
    };
    daemon.stdout.on('data', listenTo);
    daemon.stderr.on('data', listenTo);
    daemon.on('exit', (code) => reject(new Error(`the daemon ended with ${code}\n${said}`)));
  });
}

const ended = (daemon) => new Promise((resolve) => daemon.once('exit', resolve));

const harness = new Harness(shots);
await harness.start();
let { daemon, url } = await serve();
const button = (page, name) => page.getByRole('button', { name, exact: true });

async function sessionFrom(page) {
  await button(page, 'Make it play').click();
  await page.locator('.session').waitFor();
  await until(page, () => document.querySelector('.picture img')?.naturalWidth > 0);
}

await harness.case('a drawing is read, shown with its evidence, and heard on the device', async () => {
  const page = await harness.open(url);
  await drawPath(page, wave);
  await sessionFrom(page);
  check(await page.locator('.roll, .drums').count() > 0, 'no notes are shown');
  check(await page.locator('.region').count() > 0, 'no evidence is shown');
  await harness.shot(page, 'daemon-phone-session');
  heard.length = 0;
  await button(page, 'Play out').click();
  await page.locator('.transport.is-playing').waitFor();
  await until(page, () => /^[1-9]/.test(document.querySelector('.position').textContent));
  await until(page, () => document.querySelector('.position').textContent.split('.')[1] >= 2);
  await harness.shot(page, 'daemon-phone-playing');
  await button(page, 'Stop').click();
  await page.locator('.transport:not(.is-playing)').waitFor();
  check(heard.includes('/doodled/note'), `only ${[...new Set(heard)]} arrived`);
  await harness.close(page);
});

await harness.case('a file becomes a session that can be searched, renamed, starred and taken along', async () => {
  const page = await harness.open(url, 'desk');
  await button(page, 'Picture').click();
  await page.locator('input[type=file]').last().setInputFiles(drawing);
  await page.locator('.editor canvas').waitFor();
  await sessionFrom(page);
  await harness.shot(page, 'daemon-desk-session');
  await page.locator('.title').fill('Wave over dots');
  await page.locator('.title').press('Enter');
  await button(page, 'Star').click();
  await button(page, 'Remove the star').waitFor();
  const file = await page.evaluate(async (href) => {
    const bytes = new Uint8Array(await (await fetch(href)).arrayBuffer());
    return String.fromCharCode(...bytes.subarray(0, 4));
  }, await page.getByRole('link', { name: 'MIDI file' }).getAttribute('href'));
  check(file === 'MThd', `the file begins with ${file}`);
  await page.goto(`${url}/#/history`);
  await page.getByRole('searchbox').fill('over dots');
  await until(page, () => document.querySelectorAll('.session-card').length === 1);
  await until(page, () => document.querySelector('.session-card img')?.naturalWidth > 0);
  await harness.shot(page, 'daemon-desk-history');
  await harness.close(page);
});

await harness.case('a change is kept as a session of its own, with its picture', async () => {
  const page = await harness.open(`${url}/#/history`, 'desk');
  await page.getByRole('link', { name: /Wave over dots/ }).click();
  await page.locator('.session').waitFor();
  const before = page.url();
  await page.getByRole('slider', { name: 'Cutoff' }).first().press('PageDown');
  await button(page, 'Keep').click();
  await page.locator('.keep').waitFor({ state: 'detached' });
  check(page.url() !== before, 'no new session was made');
  await until(page, () => document.querySelector('.picture img')?.naturalWidth > 0);
  await harness.close(page);
});

await harness.case('notes that were changed by keys are kept, and the box takes them', async () => {
  const page = await harness.open(`${url}/#/history`, 'desk');
  await page.getByRole('link', { name: /Wave over dots/ }).first().click();
  await page.locator('.roll').waitFor();
  const before = page.url();
  await button(page, 'Edit notes').click();
  const roll = page.locator('.roll.is-editing');
  await roll.press('ArrowRight'); // chooses a note
  await page.locator('.roll-tools').waitFor();
  await roll.press('ArrowUp');
  await roll.press('ArrowUp');
  await roll.press('Shift+ArrowRight');
  await harness.shot(page, 'daemon-desk-edit');
  const said = await page.locator('.roll-tools p').textContent();
  await button(page, 'Keep').click();
  await page.locator('.keep').waitFor({ state: 'detached' });
  check(page.url() !== before, 'no new session was made');
  const kept = await page.evaluate(async (id) => (await (await fetch(`/api/v1/sessions/${id}`)).json()).document, page.url().split('/').at(-1));
  check(kept.tracks.some((track) => track.patterns.some((pattern) => pattern.notes.length > 0)), `nothing is left of ${said}`);
  await harness.close(page);
});

await harness.case('a device is taught, and what it shall learn really arrives', async () => {
  const page = await harness.open(`${url}/#/devices`);
  await button(page, 'Details, set-up, teach').first().click();
  await page.getByText('Teach', { exact: true }).click();
  await page.getByRole('group', { name: 'Parameters' }).getByRole('button', { name: 'cutoff', exact: true }).click();
  await page.getByRole('combobox', { name: 'Each moves for' }).selectOption('2');
  heard.length = 0;
  await button(page, 'Teach 1').click();
  await page.getByText(/^Now cutoff moves/).waitFor();
  await harness.shot(page, 'daemon-phone-teach');
  await button(page, 'Teach 1').waitFor();
  check(heard.includes('/doodled/param/cutoff'), `only ${[...new Set(heard)]} arrived`);
  await easyToUse(page);
  await harness.close(page);
});

await harness.case('the box leads the tempo, and gives the device for Live', async () => {
  const page = await harness.open(`${url}/#/devices`, 'desk');
  const sources = page.getByRole('radiogroup', { name: 'Who leads the tempo' });
  check(await sources.getByRole('radio', { name: /The box/ }).getAttribute('aria-checked') === 'true', 'somebody else leads');
  await page.locator('summary', { hasText: 'Max for Live' }).click();
  const link = page.getByRole('link', { name: /^doodled.amxd/ });
  const begin = await page.evaluate(async (href) => String.fromCharCode(...new Uint8Array(await (await fetch(href)).arrayBuffer()).subarray(0, 4)), await link.getAttribute('href'));
  check(begin === 'ampf', `the device begins with ${begin}`);
  await harness.shot(page, 'daemon-desk-devices');
  await harness.close(page);
});

await harness.case('a session is steered: held, mutated, compared, kept, and gone back from', async () => {
  const page = await harness.open(`${url}/#/history`, 'desk');
  await page.getByRole('link', { name: /Wave over dots/ }).first().click();
  await page.locator('.steer').waitFor();
  await page.locator('.steer-part .lock').first().click();
  await button(page, 'Mutate').click();
  await page.getByRole('radio', { name: /^D: / }).waitFor();
  await page.getByRole('radio', { name: /^C: / }).click();
  await harness.shot(page, 'daemon-desk-steer');
  const before = page.url();
  await button(page, 'Keep C').click();
  await page.locator('.candidates').waitFor({ state: 'detached' });
  await until(page, (old) => location.href !== old, before);
  await page.getByRole('heading', { name: 'Family' }).waitFor();
  await page.getByRole('button', { name: /^Go back to this/ }).first().click();
  await page.getByText('It is as it was').waitFor();
  await harness.close(page);
});

await harness.case('the box tells of itself', async () => {
  const page = await harness.open(`${url}/#/settings`, 'desk');
  await page.getByText('Well', { exact: true }).waitFor();
  await button(page, 'Make a backup').click();
  await page.getByRole('link', { name: /^doodled-.*zip/ }).waitFor();
  await page.getByText('Jobs', { exact: true }).last().click();
  await page.getByText('jobs.workers').waitFor();
  await easyToUse(page);
  await harness.shot(page, 'daemon-desk-settings');
  await harness.close(page);
});

await harness.case('what is no picture is refused in words', async () => {
  const page = await harness.open(url);
  await button(page, 'Picture').click();
  await page.locator('input[type=file]').last().setInputFiles({ name: 'x.heic', mimeType: 'image/heic', buffer: Buffer.from('not a picture at all') });
  await button(page, 'Make it play').click();
  await page.getByRole('alert').waitFor();
  check((await page.locator('.reason').textContent()).length > 10, 'no reason is given');
  await harness.shot(page, 'daemon-phone-refused');
  await harness.close(page);
});

await harness.case('live drawing goes on sounding on the device', async () => {
  const page = await harness.open(url);
  await drawPath(page, wave);
  await page.getByRole('switch', { name: 'Live' }).click();
  await page.locator('.live-layer .region').first().waitFor({ state: 'attached' });
  await until(page, () => /^[1-9]/.test(document.querySelector('.position').textContent));
  await harness.shot(page, 'daemon-phone-live');
  await harness.close(page);
});

// Under its own address in the network this machine is a stranger to the box; what is sent there stays here.
const lan = Object.values(networkInterfaces()).flat().find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
if (!lan) console.log('SKIPPED: this machine has no address but loopback, so nobody can be a stranger');
else await harness.case('a stranger is let in by the code that the box shows, and let in no longer', async () => {
  const open = await serve('0.0.0.0:0', 'open');
  const port = new URL(open.url).port;
  const desk = await harness.open(`http://127.0.0.1:${port}/#/settings`, 'desk');
  const stranger = await harness.open(`http://${lan}:${port}/#/history`);
  await stranger.getByRole('heading', { name: /^Pair this device/ }).waitFor();
  await harness.shot(stranger, 'daemon-phone-stranger');
  await stranger.getByLabel('Code', { exact: true }).fill('AAAA-AAAA');
  await button(stranger, 'Pair').click();
  await stranger.getByRole('alert').waitFor();
  await button(desk, 'Add a device').click();
  await until(desk, () => document.querySelector('.qr')?.naturalWidth > 0);
  await harness.shot(desk, 'daemon-desk-invitation');
  const code = new URL(await desk.locator('.invitation-url').textContent()).hash;
  await stranger.goto(`http://${lan}:${port}/${code}`);
  await stranger.getByLabel('Name of this device').fill('Stage phone');
  await button(stranger, 'Pair').click();
  await stranger.getByRole('heading', { name: 'Waiting for a yes' }).waitFor();
  await stranger.getByText(lan).waitFor();
  await harness.shot(stranger, 'daemon-phone-waiting');
  await desk.getByRole('group', { name: 'A device wants in' }).getByText(`It asks from ${lan}.`).waitFor();
  await harness.shot(desk, 'daemon-desk-visitor');
  await button(desk, 'Let it in').click();
  await stranger.getByRole('navigation').waitFor();
  await desk.getByText('Stage phone is paired.').waitFor();
  await harness.shot(desk, 'daemon-desk-access');
  await button(desk, 'Let in no longer: Stage phone').click();
  await stranger.getByRole('heading', { name: /^Pair this device/ }).waitFor();
  await harness.close(stranger);
  await harness.close(desk);
  open.daemon.removeAllListeners('exit');
  open.daemon.kill('SIGTERM');
  check(await ended(open.daemon) === 0, 'the daemon did not end well');
});

await harness.case('the page comes back when the daemon does, without a reload', async () => {
  const page = await harness.open(`${url}/#/devices`);
  await page.getByText('osc · ').waitFor();
  daemon.removeAllListeners('exit');
  daemon.kill('SIGTERM');
  check(await ended(daemon) === 0, 'the daemon did not end well');
  await page.getByText('No connection to the box').waitFor();
  ({ daemon, url } = await serve(url.replace('http://', '')));
  await page.getByText('No connection to the box').waitFor({ state: 'detached' });
  await page.goto(`${url}/#/history`);
  await page.locator('.session-card').first().waitFor();
  await easyToUse(page);
  await harness.close(page);
});

const code = await harness.end();
daemon.removeAllListeners('exit');
daemon.kill('SIGTERM');
await ended(daemon);
ear.close();
rmSync(folder, { recursive: true });
process.exit(code);
