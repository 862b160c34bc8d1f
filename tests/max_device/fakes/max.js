// What Max gives a script in a js object: globals, messages in, outlets out, tasks on a clock of our own. The script
// is the built doodled.js, run as it is.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const built = process.env.DOODLED_MAX_DEVICE || path.join(__dirname, "../../../build/release/drivers/max/device");

class Max {
  constructor(world, script = fs.readFileSync(path.join(built, "doodled.js"), "utf8")) {
    this.world = world;
    this.time = 0;
    this.sent = [];     // [outlet, ...message], oldest first
    this.tasks = [];
    this.posted = [];
    this.on_outlet = null;
    this.context = vm.createContext(this.globals());
    vm.runInContext(script, this.context, {filename: "doodled.js"});
  }

  globals() {
    const max = this;
    class Task {
      constructor(action) { Object.assign(this, {action, interval: 500, due: Infinity}); max.tasks.push(this); }
      repeat() { this.due = max.time + this.interval; }
      cancel() { this.due = Infinity; }
    }
    class MaxDate extends Date {
      getTime() { return max.time; }
    }
    return {
      LiveAPI: this.world.api(), Task, Date: MaxDate, Math: Object.create(Math, Object.getOwnPropertyDescriptors(Math)),
      outlet: (number, ...message) => this.leave(number, message.flat()),
      post: (...words) => this.posted.push(words.join(" ")),
      arrayfromargs: (args) => Array.prototype.slice.call(args),
      setinletassist: () => {},
    };
  }

  leave(number, message) {
    const outlets = this.context.outlets;
    if (number >= outlets) throw new Error(`outlet ${number} of ${outlets}`);
    this.sent.push([number, ...message]);
    if (this.on_outlet) this.on_outlet(number, message);
  }

  // live.thisdevice
  start() {
    this.world.ready = true;
    this.context.bang();
  }

  send(name, ...args) {
    this.context.messagename = name;
    this.context.anything(...args);
  }

  // Runs what is due until then, in order.
  advance(milliseconds) {
    const end = this.time + milliseconds;
    for (;;) {
      const next = this.tasks.reduce((a, b) => (b.due < a.due ? b : a), {due: Infinity});
      if (next.due > end) break;
      this.time = next.due;
      next.due += next.interval;
      next.action();
    }
    this.time = end;
  }

  // What left an outlet since the last call.
  take(number) {
    const taken = this.sent.filter((message) => message[0] === number).map((message) => message.slice(1));
    this.sent = this.sent.filter((message) => message[0] !== number);
    return taken;
  }
}

const OUT = {LINK: 0, HANDS: 1, PLAYER: 2, REMOTE: 3, NOTES: 4, FACE: 5, STEPS: 6, NETWORK: 7, KEEP: 8};

module.exports = {Max, OUT, built};
