// What the stand-in knows behind its devices: set-up, controllers, teaching, profiles, files for Live.
const controllers = [['cutoff', 'Hz', 74], ['resonance', '', 71], ['attack', 'ms', 73], ['release', 'ms', 72]]
  .map(([parameter, unit, number]) => ({ parameter, unit, minimum: 0, maximum: 1, message: `controller ${number}`, range: [0, 127], source: null }));
const step = 4; // seconds that each parameter moves, and as many of rest before

export class MockDevices {
  lessons = new Map(); // what was asked, by device
  at = 0; // seconds into the lesson

  // [status, value], or null when the call is none of ours.
  answer(method, path, body) {
    const [room, id, what] = path;
    switch (`${method} ${room}${what ? ` ${what}` : ''}`) {
      case 'GET devices setup': return [200, { device: id, driver: 'midi', steps: [{ title: 'Port', text: '`doodled devices` lists the ports there are.', verified: true }, { title: 'Channels', text: 'Each track has its own MIDI channel.', verified: false }] }];
      case 'GET devices controllers': return [200, { device: id, profile: 'generic', items: controllers }];
      case 'POST devices teach': return this.#teach(id, body);
      case 'GET devices teach': return this.lessons.has(id) ? [200, this.#lesson(id)] : [404, { title: 'Not found', status: 404, code: 'no_teaching' }];
      case 'DELETE devices teach': this.at = Infinity; return [200, this.#lesson(id)];
      case 'GET profiles': return [200, { items: [{ id: 'generic', name: 'Any MIDI device', origin: 'built in', parameters: 26, sources: {} }, { id: 'mpc', name: 'Akai MPC', origin: 'built in', parameters: 26, sources: {} }], problems: [] }];
      case 'POST profiles': return typeof body.name === 'string' ? [200, { profile: body, parameters: controllers, remarks: [] }] : [422, { title: 'Unprocessable', status: 422, detail: 'This is no profile', errors: [{ pointer: '/name', message: 'is missing' }] }];
      case 'GET companion': return [200, { items: [{ name: 'doodled.amxd', size: 95307, purpose: 'the device for Live; keep doodled.js beside it', url: '/api/v1/companion/doodled.amxd' }, { name: 'doodled.js', size: 58290, purpose: 'the device’s script', url: '/api/v1/companion/doodled.js' }] }];
      default: return null;
    }
  }

  #teach(id, wish) {
    this.lessons.set(id, wish);
    this.at = 0;
    return [200, this.#lesson(id)];
  }

  #lesson(id) {
    const wish = this.lessons.get(id);
    const taught = controllers.filter(({ parameter }) => wish.parameters.length === 0 || wish.parameters.includes(parameter));
    const steps = taught.map(({ parameter, message }, index) => ({ parameter, message, begins_at: step * (2 * index + 1), ends_at: step * (2 * index + 2) }));
    const { at } = this;
    const now = steps.find((one) => at < one.ends_at) ?? null;
    return { device: id, playing: now !== null, at, now, moving: now !== null && at >= now.begins_at, steps };
  }
}
