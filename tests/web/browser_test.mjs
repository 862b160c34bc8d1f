// The page in a real browser against a stand-in for the daemon: browser_test.mjs DIST SHOTS
import { readFileSync } from 'node:fs';
import { exampleSession } from './example_session.mjs';
import { check, drawPath, easyToUse, Harness, line, until, wave } from './harness.mjs';
import { MockBox } from './mock_box.mjs';

const [dist, shots] = process.argv.slice(2);
const harness = new Harness(shots);
const box = new MockBox(dist);
const drawing = box.addImage(readFileSync(new URL('./drawing.png', import.meta.url)), 'image/png');
const first = box.addSession(exampleSession('River bank'), drawing);
box.addSession(exampleSession('Old bridge'), drawing);
const url = await box.listen();
await harness.start();

const button = (page, name) => page.getByRole('button', { name, exact: true });

await harness.case('a drawing becomes a session with a piano roll', async () => {
  const page = await harness.open(url);
  check(await button(page, 'Draw something first').isDisabled(), 'an empty page can be sent');
  await drawPath(page, wave);
  await harness.shot(page, 'phone-draw');
  await button(page, 'Make it play').click();
  await page.getByRole('progressbar').waitFor();
  await page.locator('.roll canvas').first().waitFor();
  check(page.url().includes('#/session/'), 'the session is not shown');
  check(await page.locator('.title').inputValue() === 'Seen just now', 'another session is shown');
  check([...box.images.values()].at(-1).bytes.subarray(1, 4).toString() === 'PNG', 'no PNG was sent');
  await until(page, () => document.querySelector('.picture img')?.naturalWidth > 0);
  await harness.shot(page, 'phone-session');
  await harness.close(page);
});

await harness.case('strokes go away and come back', async () => {
  const page = await harness.open(url);
  const inked = (wanted) => until(page, (ink) => {
    const canvas = document.querySelector('.page canvas');
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    return pixels.some((value, at) => at % 4 === 3 && value > 0) === ink;
  }, wanted);
  await drawPath(page, wave);
  await inked(true);
  await button(page, 'Undo').click();
  await inked(false);
  await button(page, 'Redo').click();
  await inked(true);
  await button(page, 'Eraser').click();
  await drawPath(page, [[0.5, 0.1], [0.5, 0.9]]);
  await inked(false);
  await harness.close(page);
});

await harness.case('drawing live sounds, shows what was understood, and leaves one session', async () => {
  const page = await harness.open(url);
  const before = box.sessions.length;
  await drawPath(page, wave);
  await page.getByRole('switch', { name: 'Live' }).click();
  await page.locator('.live-layer .region').first().waitFor({ state: 'attached' });
  await page.getByText('Understood: wave').waitFor();
  await until(page, () => /^[1-9]/.test(document.querySelector('.position').textContent));
  await drawPath(page, [[0.2, 0.8], [0.8, 0.8]]);
  await page.locator('.seen').nth(1).waitFor({ state: 'attached' });
  const [drawing] = box.drawings.values();
  const stroke = [...drawing.strokes.values()][1];
  check(stroke.points.every((point) => point.length === 4), 'a stroke came without time or pressure');
  check(stroke.points.at(-1)[2] > stroke.points[0][2], 'time stands still');
  await easyToUse(page);
  await harness.shot(page, 'phone-live');
  check(box.sessions.length === before, 'a session was stored for each stroke');
  check(await page.locator('.transport.is-playing').count() === 1, 'it fell silent');
  await button(page, 'Done').click();
  await page.locator('.session').waitFor();
  check(box.sessions.length === before + 1, 'not one session is left');
  check(await page.locator('.transport.is-playing').count() === 1, 'it fell silent when it was done');
  await harness.close(page);
});

await harness.case('live drawing goes on after the connection was lost, with what was drawn meanwhile', async () => {
  const page = await harness.open(url, 'desk');
  await drawPath(page, wave);
  await page.getByRole('switch', { name: 'Live' }).click();
  await page.getByText('Understood: wave').waitFor();
  box.dropConnections();
  await drawPath(page, [[0.2, 0.8], [0.8, 0.8]]);
  await page.locator('.seen').nth(1).waitFor({ state: 'attached' });
  check(box.drawings.size === 1, 'a second drawing was begun');
  await button(page, 'Undo').click();
  await page.locator('.seen').nth(1).waitFor({ state: 'detached' });
  await harness.shot(page, 'desk-live');
  await page.getByRole('switch', { name: 'Live' }).click();
  await page.locator('.live-bar').waitFor({ state: 'detached' });
  await harness.close(page);
});

await harness.case('a refusal is shown with its reason and field', async () => {
  const page = await harness.open(url);
  box.refuseNextJob = true;
  await drawPath(page, line);
  await button(page, 'Make it play').click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  check((await alert.textContent()).includes('image: the bytes are no picture'), await alert.textContent());
  await button(page, 'Try again').click();
  await page.locator('.roll canvas').first().waitFor();
  await harness.close(page);
});

await harness.case('a picture whose connection broke is sent again by itself, as the same wish', async () => {
  const page = await harness.open(url);
  box.keys.length = 0;
  box.loseNextJob = true;
  await drawPath(page, line);
  await button(page, 'Make it play').click();
  await page.locator('.roll canvas').first().waitFor();
  check(box.keys.length === 2 && box.keys[0] === box.keys[1], `the uploads had the keys ${box.keys}`);
  await harness.close(page);
});

await harness.case('a chosen file is shown and sent as it is', async () => {
  const page = await harness.open(url);
  await button(page, 'Picture').click();
  const bytes = readFileSync(new URL('./drawing.png', import.meta.url));
  await page.locator('input[type=file]').last().setInputFiles({ name: 'IMG_1.png', mimeType: 'image/png', buffer: bytes });
  await page.locator('.editor canvas').waitFor();
  await button(page, 'Make it play').click();
  await page.locator('.session').waitFor();
  check([...box.images.values()].some((image) => image.bytes.equals(bytes)), 'other bytes arrived');
  await harness.close(page);
});

await harness.case('options, interpreters and words go along with a picture', async () => {
  const page = await harness.open(url);
  await drawPath(page, line);
  await page.getByRole('button', { name: 'Options' }).click();
  await page.getByRole('combobox', { name: 'Key', exact: true }).selectOption('E');
  await page.getByRole('combobox', { name: 'Scale', exact: true }).selectOption('dorian');
  await page.getByRole('spinbutton', { name: 'Tempo', exact: true }).fill('97');
  await page.getByLabel('Words beside the picture').fill('like rain');
  await page.getByRole('group', { name: 'Read by' }).getByRole('button', { name: 'claude' }).click();
  await page.getByRole('group', { name: 'Read by' }).getByRole('button', { name: 'builtin' }).click();
  await harness.shot(page, 'phone-options');
  await easyToUse(page);
  await button(page, 'Make it play').click();
  await page.locator('.session').waitFor();
  const fields = box.jobFields.at(-1);
  check(fields.options === '{"key":"E dorian","tempo_bpm":97}', fields.options);
  check(fields.interpreter === '["claude","builtin"]', fields.interpreter);
  check(fields.prompt === 'like rain', fields.prompt);
  await harness.close(page);
});

await harness.case('a picture is turned and cut before it is sent', async () => {
  const page = await harness.open(url);
  await button(page, 'Picture').click();
  await page.locator('input[type=file]').last().setInputFiles(new URL('./drawing.png', import.meta.url).pathname);
  await until(page, () => document.querySelector('.editor canvas')?.width > 400);
  await button(page, 'Turn by a quarter').click();
  await until(page, () => document.querySelector('.editor canvas').height > document.querySelector('.editor canvas').width);
  await button(page, 'Bottom right corner').focus();
  for (let step = 0; step < 25; ++step) await page.keyboard.press('ArrowUp');
  await harness.shot(page, 'phone-crop');
  await button(page, 'Make it play').click();
  await page.locator('.session').waitFor();
  await until(page, () => document.querySelector('.picture img')?.naturalWidth > 0);
  const size = await page.evaluate(() => [document.querySelector('.picture img').naturalWidth, document.querySelector('.picture img').naturalHeight]);
  check(size[0] === 1024 && size[1] === 640, `it became ${size}`);
  await harness.close(page);
});

await harness.case('play, see it play, stop', async () => {
  const page = await harness.open(`${url}#/session/${first.id}`, 'desk');
  await page.locator('.roll').waitFor();
  await button(page, 'Play out').click();
  await page.locator('.transport.is-playing').waitFor();
  await until(page, () => /^[1-9]/.test(document.querySelector('.position').textContent));
  const head = page.locator('.roll .playhead');
  const before = await head.boundingBox();
  await until(page, (x) => document.querySelector('.roll .playhead').getBoundingClientRect().x > x + 20, before.x);
  await harness.shot(page, 'desk-playing');
  await button(page, 'Stop').click();
  await page.locator('.transport:not(.is-playing)').waitFor();
  check([...box.plays.values()].at(-1).state === 'stopped', 'the box still plays');
  await harness.close(page);
});

await harness.case('a region tells what it became, a note where it came from', async () => {
  const page = await harness.open(`${url}#/session/${first.id}`);
  await page.locator('.region').first().waitFor();
  await page.getByRole('button', { name: 'hatching, 84 %' }).click();
  check((await page.locator('.card').textContent()).includes('the drive of Lead'), await page.locator('.card').textContent());
  await until(page, () => loudness() > 0.01);
  await page.getByRole('button', { name: 'wave, 91 %' }).first().click();
  check((await page.locator('.card').textContent()).includes('E4 at 1.1.1'), await page.locator('.card').textContent());
  await page.getByRole('button', { name: 'Higher' }).click();
  check((await page.locator('.note-tools output').first().textContent()) === 'F4', 'the note did not move');
  await page.getByText('Changed', { exact: true }).waitFor();
  await button(page, 'Keep').click();
  await page.locator('.keep').waitFor({ state: 'detached' });
  check(box.sessions[0].document.tracks[0].patterns[0].notes[0].pitch === 65, 'the change was not kept');
  check(first.document.tracks[0].patterns[0].notes[0].pitch === 64, 'the stored session was changed');
  await harness.close(page);
});

await harness.case('knobs turn with keys, and a drum step is set by a tap', async () => {
  const page = await harness.open(`${url}#/session/${first.id}`, 'desk');
  const knob = page.getByRole('slider', { name: 'Brightness' });
  await knob.focus();
  await page.keyboard.press('PageUp');
  check(await knob.getAttribute('aria-valuenow') === '72', await knob.getAttribute('aria-valuenow'));
  await page.getByRole('button', { name: 'Body, 4 bars' }).click();
  const step = page.getByRole('button', { name: 'kick 3', exact: true });
  await step.click();
  check(await step.getAttribute('aria-pressed') === 'true', 'the step is not set');
  await button(page, 'Revert').click();
  check(await step.getAttribute('aria-pressed') === 'false', 'the step is still set');
  await harness.close(page);
});

for (const size of ['phone', 'desk']) {
  await harness.case(`notes are moved, made longer, added and taken away by hand, and each step back is one (${size})`, async () => {
    const page = await harness.open(`${url}#/session/${first.id}`, size);
    await button(page, 'Edit notes').click();
    const roll = page.locator('.roll.is-editing canvas').first();
    await roll.scrollIntoViewIfNeeded();
    const area = await roll.boundingBox();
    const [x, y] = await page.evaluate(() => { const canvas = document.querySelector('.roll canvas'); return [canvas.clientWidth, canvas.clientHeight]; });
    check(x > 300 && y > 240, `the roll is too small to edit: ${x} x ${y}`);
    const pull = async (from, to) => {
      await page.mouse.move(area.x + from[0], area.y + from[1]);
      await page.mouse.down();
      await page.mouse.move(area.x + (from[0] + to[0]) / 2, area.y + (from[1] + to[1]) / 2);
      await page.mouse.move(area.x + to[0], area.y + to[1]);
      await page.mouse.up();
    };
    const said = (where) => page.locator('.roll-tools').getByText(where).waitFor();
    const step = area.width / 16;
    // A new note in the upper right, three steps long, then one step to the left, then a step longer.
    await pull([step * 12.5, 60], [step * 14.5, 60]);
    await said('at 1.4.1');
    await pull([step * 13, 60], [step * 11, 60]);
    await said('at 1.3.3');
    await pull([step * 12.95, 60], [step * 14, 60]);
    await harness.shot(page, `${size}-edit-notes`);
    await button(page, 'Undo this change').click();
    await page.keyboard.press('Control+z');
    await page.locator('.roll').press('Delete');
    await button(page, 'Undo this change').click();
    await button(page, 'Undo this change').click();
    await page.getByText('As it was', { exact: true }).waitFor();
    check(await button(page, 'Keep').isDisabled(), 'what is as it was can be kept');
    // Redone, by button and by the keys of both worlds: the new note, then its removal.
    const shown = (count) => until(page, (wanted) => document.querySelector('.roll canvas').getAttribute('aria-label').split(', ').length === wanted, count);
    const before = first.document.tracks[0].patterns[0].notes.length;
    const redo = button(page, 'Redo this change');
    const withNew = before + 1;
    await redo.click();
    await shown(withNew);
    await redo.click();
    await shown(before);
    check(await redo.isDisabled(), 'there is more to redo than was undone');
    await page.keyboard.press('Control+z');
    await shown(withNew);
    await easyToUse(page);
    check(await page.evaluate(() => { const bar = document.querySelector('.keep'); return bar.scrollWidth <= bar.clientWidth; }), 'the bar is too narrow for what is on it');
    await harness.shot(page, `${size}-redo-notes`);
    await page.keyboard.press('Meta+z');
    await page.getByText('As it was', { exact: true }).waitFor();
    await page.keyboard.press('Control+Shift+z');
    await shown(withNew);
    await page.keyboard.press('Control+y');
    await shown(before);
    await button(page, 'Revert').click();
    await page.getByText('As it was', { exact: true }).waitFor();
    await pull([step * 12.5, 60], [step * 13.5, 60]);
    check(await redo.isDisabled(), 'a new change leaves what was taken back');
    await page.locator('.roll').press('ArrowDown');
    await button(page, 'Keep').click();
    await page.locator('.keep').waitFor({ state: 'detached' });
    const kept = box.sessions[0].document.tracks[0].patterns[0].notes;
    const added = kept.find((note) => note.start === 2880 && note.duration === 480);
    check(kept.length === first.document.tracks[0].patterns[0].notes.length + 1 && added, JSON.stringify(kept));
    check(box.sessions[0].parent_id === first.id, 'it has no parent');
    await easyToUse(page);
    await harness.close(page);
  });
}

await harness.case('candidates are compared by ear, and one is kept with its parent', async () => {
  const page = await harness.open(`${url}#/session/${first.id}`, 'desk');
  await button(page, 'Hold: Bass, notes').click();
  await button(page, 'Something new for Lead').click();
  const candidate = page.getByRole('radio', { name: /^C: / });
  await candidate.waitFor();
  check(box.wishes.at(-1).locks.includes('/tracks/1/patterns'), 'the lock was not sent');
  check(box.wishes.at(-1).operations[0].part === '/tracks/0', 'another part was changed');
  check(await page.getByRole('radio', { name: /^B: / }).getAttribute('aria-checked') === 'true', 'the first candidate is not heard');
  await until(page, () => loudness() > 0.01);
  await page.keyboard.press('a');
  check(await page.getByRole('radio', { name: /^A: / }).getAttribute('aria-checked') === 'true', 'a letter does not choose');
  await candidate.click();
  const before = box.sessions.length;
  await harness.shot(page, 'desk-candidates');
  await button(page, 'Keep C').click();
  await page.locator('.candidates').waitFor({ state: 'detached' });
  check(box.sessions.length === before + 1, 'not one session was made');
  check(box.sessions[0].parent_id === first.id, 'it has no parent');
  check(await button(page, 'Hold: Bass, notes').getAttribute('aria-pressed') === 'true', 'the lock was let go');
  await page.getByRole('heading', { name: 'Family' }).waitFor();
  await harness.close(page);
});

await harness.case('it sounds in the browser', async () => {
  const page = await harness.open(`${url}#/session/${first.id}`);
  await page.locator('.roll').waitFor();
  await button(page, 'Hear it here').click();
  await until(page, () => /^1\.[2-4]/.test(document.querySelector('.position').textContent));
  await until(page, () => loudness() > 0.02);
  await button(page, 'Stop listening').click();
  await until(page, () => loudness() < 0.001);
  await until(page, () => document.querySelector('.position').textContent === '–.–.–');
  await harness.close(page);
});

await harness.case('a lost connection is said, and comes back by itself', async () => {
  const page = await harness.open(`${url}#/devices`);
  await page.getByText('udp 127.0.0.1:9000').waitFor();
  box.dropConnections();
  await page.getByText('No connection to the box').waitFor();
  box.devices[1].state = 'ready';
  await page.getByText('midi · mpc · ready').waitFor();
  check(await page.getByText('No connection to the box').count() === 0, 'it still says it is offline');
  await harness.close(page);
});

await harness.case('the page opens without the box, and takes a picture that is shared with it', async () => {
  const page = await harness.open(url);
  await until(page, () => navigator.serviceWorker.ready.then(() => true));
  await page.reload();
  await until(page, () => navigator.serviceWorker.controller !== null);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText('No connection to the box').waitFor();
  await page.context().setOffline(false);
  await page.getByText('No connection to the box').waitFor({ state: 'detached' });
  const bytes = [...readFileSync(new URL('./drawing.png', import.meta.url))];
  await page.evaluate(async (data) => {
    const form = new FormData();
    form.append('image', new File([new Uint8Array(data)], 'Küste.png', { type: 'image/png' }));
    await fetch('/share', { method: 'POST', body: form });
    location.hash = '#/shared';
    location.reload();
  }, bytes);
  await page.getByRole('img', { name: 'Küste.png' }).waitFor();
  await harness.close(page);
});

await harness.case('a history is narrowed by key, tempo and day, and a deletion is taken back', async () => {
  const page = await harness.open(`${url}#/history`, 'desk');
  await page.getByRole('button', { name: 'More filters' }).click();
  await page.getByRole('combobox', { name: 'Key' }).selectOption('E');
  await page.getByRole('combobox', { name: 'Scale' }).selectOption('dorian');
  await page.getByRole('spinbutton', { name: 'Tempo from' }).fill('90');
  await page.getByLabel('From', { exact: true }).fill('2026-11-23');
  await until(page, () => true);
  const asked = () => box.searches.at(-1);
  for (let patience = 4000; asked().created_from === undefined && patience > 0; --patience) await page.waitForTimeout(20);
  check(asked().key === 'E dorian' && asked().tempo_from === '90', JSON.stringify(asked()));
  await page.getByRole('button', { name: 'Show all' }).click();
  const card = page.locator('.session-card').filter({ hasText: 'Old bridge' });
  await card.hover();
  await page.getByRole('button', { name: 'Delete: Old bridge' }).click();
  await card.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await card.waitFor();
  check(!box.calls.some((call) => call.startsWith('DELETE /api/v1/sessions')), 'it was deleted at once');
  await harness.close(page);
});

await harness.case('the box shows its settings and its health', async () => {
  const page = await harness.open(`${url}#/settings`);
  await page.getByText('the key was refused').waitFor();
  await page.getByText('bindings.json.damaged-20261126-021500').waitFor();
  await page.getByText('The clock of the box jumped').waitFor();
  await page.getByText('Log', { exact: true }).first().click();
  await page.getByRole('combobox', { name: 'log.level' }).selectOption('debug');
  await page.getByText('log.level is changed until').waitFor();
  check(box.settings.items[0].value === 'debug', 'the box does not know');
  await easyToUse(page);
  await harness.shot(page, 'phone-settings');
  await harness.close(page);
});

await harness.case('the key of a model is given, never shown, and removed', async () => {
  const page = await harness.open(`${url}#/settings`);
  const claude = page.locator('.reader', { hasText: 'claude' });
  await claude.getByText('Key from environment variable ANTHROPIC_API_KEY').waitFor();
  await claude.getByText('Change key').click();
  await claude.getByLabel('Key for claude').fill('sk-new');
  await easyToUse(page);
  await harness.shot(page, 'phone-key');
  await claude.getByRole('button', { name: 'Use this key' }).click();
  await claude.getByText('Key given here').waitFor();
  check(box.interpreters[1].given === 'sk-new', 'the box has another key');
  check((await claude.getByLabel('Key for claude').inputValue()) === '', 'the key stays in the page');
  await claude.getByRole('button', { name: 'Remove key' }).click();
  await claude.getByText('Key from environment').waitFor();
  check((await page.locator('.reader', { hasText: 'builtin' }).getByText('Change key').count()) === 0, 'the builtin reader takes a key');
  await harness.close(page);
});

await harness.case('devices are switched, panic reaches all', async () => {
  const page = await harness.open(`${url}#/devices`);
  await page.getByRole('switch', { name: 'mpc: Play to' }).click();
  await until(page, () => document.querySelectorAll('[role=switch][aria-checked=true]').length === 2);
  check(box.devices[1].enabled, 'the box does not know');
  await page.getByRole('button', { name: /^Panic/ }).first().click();
  await page.getByText('Everything is silent').waitFor();
  check(box.calls.includes('POST /api/v1/devices/panic'), 'nobody was told');
  await page.locator('summary', { hasText: 'Akai MPC' }).click();
  check(await page.getByText('profile = "mpc"').isVisible(), 'the guide says nothing of the profile');
  await harness.shot(page, 'phone-devices');
  await harness.close(page);
});

await harness.case('a device is taught, parameter by parameter', async () => {
  const page = await harness.open(`${url}#/devices`);
  await button(page, 'Details, set-up, teach').first().click();
  await page.getByText('Teach', { exact: true }).click();
  await button(page, 'cutoff').click();
  await button(page, 'attack').click();
  await button(page, 'Teach 2').click();
  await page.getByText('Get ready for cutoff, controller 74').waitFor();
  box.behind.at = 5;
  await page.getByText('Now cutoff moves, controller 74').waitFor();
  await easyToUse(page);
  await harness.shot(page, 'phone-teach');
  box.behind.at = 14;
  await page.getByText('Now attack moves, controller 73').waitFor();
  box.behind.at = 17;
  await button(page, 'Teach 2').waitFor();
  const wish = box.behind.lessons.get('max');
  check(JSON.stringify(wish.parameters) === '["cutoff","attack"]' && wish.seconds === 4, JSON.stringify(wish));
  await harness.close(page);
});

await harness.case('who leads the tempo is chosen, a profile is checked, and the files for Live are there', async () => {
  const page = await harness.open(`${url}#/devices`, 'desk');
  const sources = page.getByRole('radiogroup', { name: 'Who leads the tempo' });
  await sources.getByRole('radio', { name: /MIDI clock of keys/ }).click();
  await until(page, () => document.querySelector('.choice-row[aria-checked=true]').textContent.startsWith('MIDI clock'));
  check(box.transport.sync === 'midi:keys', box.transport.sync);
  check(await sources.getByRole('radio', { name: /Ableton Link/ }).isDisabled(), 'a source that is not there can be chosen');
  const take = (text) => page.locator('.file-choice input').setInputFiles({ name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await take('{"name": "Mine"}');
  await page.getByText('“Mine” is good: 4 parameters.').waitFor();
  await take('{}');
  await page.getByText('name: is missing').waitFor();
  await page.getByText('Max for Live', { exact: true }).click();
  check(await page.getByRole('link', { name: /doodled.amxd/ }).getAttribute('href') === '/api/v1/companion/doodled.amxd', 'no device for Live');
  await harness.shot(page, 'desk-devices-max');
  box.transport.sync = 'internal';
  await harness.close(page);
});

await harness.case('a phone is let in by a code, is listed, renamed, and let in no longer', async () => {
  const desk = await harness.open(`${url}#/settings`, 'desk');
  await button(desk, 'Add a device').click();
  await desk.getByRole('img', { name: /QR code/ }).waitFor();
  await until(desk, () => document.querySelector('.qr').naturalWidth > 0);
  await easyToUse(desk);
  await harness.shot(desk, 'desk-invitation');
  const link = await desk.locator('.invitation-url').textContent();
  const phone = await harness.open(link.replace('127.0.0.1', 'localhost'));
  await phone.getByRole('heading', { name: 'Pair this device' }).waitFor();
  check(!phone.url().includes('pair='), 'the code stays in the address');
  check((await phone.locator('.pair-code').inputValue()).length === 9, 'the code is not taken from the link');
  await phone.getByLabel('Name of this device').fill('Anna’s phone');
  await harness.shot(phone, 'phone-pair');
  await easyToUse(phone);
  await button(phone, 'Pair').click();
  await phone.getByRole('heading', { name: 'Waiting for a yes' }).waitFor();
  await phone.getByText('192.168.1.23').waitFor();
  await easyToUse(phone);
  await harness.shot(phone, 'phone-waiting');
  const visitor = desk.getByRole('group', { name: 'A device wants in' });
  await visitor.getByText('“Anna’s phone”').waitFor();
  await desk.getByText('“Anna’s phone” came with the code').waitFor();
  await easyToUse(desk);
  await harness.shot(desk, 'desk-visitor');
  await phone.reload();
  await phone.getByRole('heading', { name: 'Waiting for a yes' }).waitFor();
  check(box.access.tokens.length === 0, 'a device has a token before anybody said yes');
  await button(visitor, 'Let it in').click();
  await visitor.waitFor({ state: 'detached' });
  await phone.getByRole('navigation').waitFor();
  await until(phone, () => document.querySelector('.transport-title').textContent !== 'Nothing to play yet');
  await desk.getByText('Anna’s phone is paired.').waitFor();
  const name = desk.getByLabel('Name of this device: Anna’s phone');
  await name.fill('Stage phone');
  await name.press('Enter');
  await desk.getByLabel('Name of this device: Stage phone').waitFor();
  check(box.access.tokens[0].name === 'Stage phone', 'the box does not know');
  await harness.shot(desk, 'desk-access');
  await button(desk, 'Let in no longer: Stage phone').click();
  await desk.getByText('No device is paired yet.').waitFor();
  box.dropConnections();
  await phone.getByRole('heading', { name: 'Pair this device' }).waitFor();
  await harness.close(phone);
  await harness.close(desk);
});

await harness.case('who is not wanted is told so, while the one who is asked goes on with what they do', async () => {
  const phone = await harness.open(`${url}#/history`);
  await phone.locator('.session-card').first().waitFor();
  const stranger = await harness.open(url.replace('127.0.0.1', 'localhost'));
  await stranger.getByLabel('Code', { exact: true }).fill(box.access.invite('play').code);
  await stranger.getByLabel('Name of this device').fill('Somebody’s tablet');
  await button(stranger, 'Pair').click();
  const visitor = phone.getByRole('group', { name: 'A device wants in' });
  await visitor.getByText('“Somebody’s tablet”').waitFor();
  await easyToUse(phone);
  await harness.shot(phone, 'phone-visitor');
  await phone.getByRole('searchbox').fill('bridge');
  await until(phone, () => document.querySelectorAll('.session-card').length === 1);
  await button(visitor, 'No').click();
  await visitor.waitFor({ state: 'detached' });
  check((await stranger.getByRole('alert').textContent()).includes('said no'), await stranger.getByRole('alert').textContent());
  check(box.access.tokens.length === 0, 'it has a token all the same');
  await harness.close(stranger);
  await harness.close(phone);
});

await harness.case('a wrong code is refused in words, and a stranger is asked for one', async () => {
  const page = await harness.open(`${url.replace('127.0.0.1', 'localhost')}#/history`);
  await page.getByRole('heading', { name: 'Pair this device with studio' }).waitFor();
  await page.getByLabel('Code', { exact: true }).fill('wrong-one');
  await button(page, 'Pair').click();
  await page.getByRole('alert').waitFor();
  check((await page.getByRole('alert').textContent()).includes('wrong, used, or too old'), await page.getByRole('alert').textContent());
  const { code } = box.access.invite('play', false);
  await page.getByLabel('Code', { exact: true }).fill(code.toLowerCase());
  await button(page, 'Pair').click();
  await page.locator('.session-card').first().waitFor();
  await harness.close(page);
});

await harness.case('sessions are found by their title and starred', async () => {
  const page = await harness.open(`${url}#/history`);
  await page.getByRole('searchbox').fill('bridge');
  await until(page, () => document.querySelectorAll('.session-card').length === 1);
  await page.getByRole('button', { name: 'Star: Old bridge' }).click();
  await page.getByRole('button', { name: 'Remove the star: Old bridge' }).waitFor();
  check(box.sessions.find((session) => session.title === 'Old bridge').starred, 'the box does not know');
  await page.getByRole('link', { name: /Old bridge/ }).click();
  await page.locator('.session').waitFor();
  await harness.close(page);
});

await harness.case('a page that has only just heard that it plays counts the tempo from the box’s own', async () => {
  const one = await harness.open(`${url}#/session/${first.id}`);
  await button(one, 'Play out').click();
  await one.locator('.transport.is-playing').waitFor();
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  const two = await harness.open(`${url}#/session/${first.id}`, 'desk', 'dark', (page) =>
    page.route('**/api/v1/transport', async (route) => {
      if (route.request().method() === 'GET') await held;
      await route.continue();
    }));
  await two.locator('.roll').waitFor();
  box.startPlay({}, first.id);
  await two.locator('.transport.is-playing').waitFor();
  await button(two, 'Faster').click();
  answer();
  await until(one, () => document.querySelector('.tempo output').textContent.startsWith('93'));
  await until(two, () => document.querySelector('.tempo output').textContent.startsWith('93'));
  box.stopAll();
  box.transport.tempo_bpm = 92;
  await harness.close(one);
  await harness.close(two);
});

await harness.case('two clients stay in step', async () => {
  const one = await harness.open(`${url}#/session/${first.id}`);
  const two = await harness.open(`${url}#/session/${first.id}`, 'desk');
  await button(two, 'Play out').waitFor();
  await button(one, 'Play out').click();
  await two.locator('.transport.is-playing').waitFor();
  await button(two, 'Faster').click();
  await until(one, () => document.querySelector('.tempo output').textContent.startsWith('93'));
  await button(two, 'Stop').click();
  await one.locator('.transport:not(.is-playing)').waitFor();
  await harness.close(one);
  await harness.close(two);
});

await harness.case('a long history comes page by page as it is scrolled', async () => {
  const many = Array.from({ length: 120 }, (_, index) => box.addSession(exampleSession(`Sketch ${index}`), drawing).id);
  const page = await harness.open(`${url}#/history`);
  await page.locator('.session-card').first().waitFor();
  const last = () => {
    scrollTo(0, document.body.scrollHeight);
    return [...document.querySelectorAll('.session-card b')].some((title) => title.textContent === 'Old bridge');
  };
  await until(page, last);
  check(await page.locator('.session-card').count() < 60, 'cards out of sight are kept');
  box.sessions = box.sessions.filter((session) => !many.includes(session.id));
  await harness.close(page);
});

for (const [size, scheme] of [['phone', 'dark'], ['phone', 'light'], ['desk', 'dark'], ['desk', 'light']]) {
  await harness.case(`no view is too wide or hard to use (${size}, ${scheme})`, async () => {
    const page = await harness.open(url, size, scheme);
    for (const view of ['', `session/${first.id}`, 'history', 'devices', 'settings']) {
      await page.goto(`${url}#/${view}`);
      await page.locator('main > :not(.offline)').first().waitFor();
      if (view.startsWith('session')) await page.getByRole('button', { name: 'Body, 4 bars' }).click();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(wide <= 0, `${view || 'capture'} is ${wide} pixels too wide`);
      await easyToUse(page, view || 'capture', scheme === 'light' ? ['color-contrast'] : null); // the rest is the same in both
      await harness.shot(page, `${size}-${scheme}-${view.split('/')[0] || 'capture'}`);
    }
    await harness.close(page);
  });
}

const code = await harness.end();
await box.close();
process.exit(code);
