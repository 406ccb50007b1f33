// The staff's console for the tests: a bot of its own, with an account for each role, and people who sign in.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, root, witnesses } from './harness.mjs';

const program = process.argv[2];
const PASSWORD = 'correct horse battery staple';
const roles = ['admin', 'editor', 'answerer', 'viewer'];
const PATIENCE = 120000;   // the check before publishing asks thousands of questions, on whatever machine

export class Office {
  #ready;
  #server;
  #cookies = new Map();
  #folder = mkdtempSync(join(tmpdir(), 'immunobot-console-'));
  #database = join(this.#folder, 'bot.db');
  #log = '';
  url = '';

  constructor() {
    witnesses.push(() => this.troubles());
    process.on('exit', () => {
      this.#server?.removeAllListeners('exit');
      this.#server?.kill('SIGKILL');
      rmSync(this.#folder, { recursive: true, force: true });
    });
  }

  // The program at the command line, on the same database.
  run(...words) { return execFileSync(program, [...words, '--database', this.#database], { cwd: root, encoding: 'utf8' }); }

  // Imported, started, an account for each role: once.
  open() {
    return (this.#ready ??= (async () => {
      this.run('import');
      for (const role of roles) {
        const link = /\/console\/welcome\/\S+/.exec(this.run('staff', 'invite', `${role}@example.org`, role, '--role', role))[0];
        if (!this.url) await this.start('127.0.0.1:0');
        assert.equal((await this.post(link, { password: PASSWORD })).status, 303);
      }
    })());
  }

  start(place) {
    return new Promise((resolve, reject) => {
      this.#server = spawn(program, ['serve', '--listen', place, '--database', this.#database], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
      this.#server.on('exit', (code) => reject(new Error(`the bot ended with ${code}`)));
      this.#server.stderr.on('data', (bytes) => { this.#log = (this.#log + bytes).slice(-100000); });
      let said = '';
      this.#server.stdout.on('data', (bytes) => {
        said += bytes;
        this.url = /http:\/\/\S+/.exec(said)?.[0] || '';
        if (this.url) resolve();
      });
    });
  }

  // What its log says went wrong.
  troubles() { return this.#log.split('\n').filter((line) => /error|warn/.test(line)).slice(-20).join('\n'); }

  // As when the power fails; and again at the same address.
  async kill() {
    this.#server.removeAllListeners('exit');
    const gone = new Promise((resolve) => this.#server.once('exit', resolve));
    this.#server.kill('SIGKILL');
    await gone;
  }
  again() { return this.start(new URL(this.url).host); }

  post(path, fields) {
    return fetch(this.url + path, { method: 'POST', redirect: 'manual', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: this.url }, body: new URLSearchParams(fields).toString() });
  }

  // As a visitor.
  async ask(question) {
    return (await fetch(`${this.url}/api/v1/ask`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ question }) })).json();
  }

  // A page of somebody of that role, in French unless `options` say otherwise: signed in by the form the first time.
  async desk(open, role, options = {}) {
    await this.open();
    const known = this.#cookies.get(role);
    const page = await open(`${this.url}/console${known ? '' : '/sign-in'}`, { lang: 'fr-FR', ...options, before: (_, context) => known && context.addCookies(known) });
    page.setDefaultTimeout(PATIENCE);
    if (known) return page;
    await page.fill('#email', `${role}@example.org`);
    await page.fill('#password', PASSWORD);
    await page.press('#password', 'Enter');
    await page.waitForURL((address) => !address.pathname.endsWith('/sign-in'));
    this.#cookies.set(role, await page.context().cookies());
    return page;
  }
}

// One for all tests of the console that let it live.
export const office = new Office();
export const ask = (question) => office.ask(question);
export const desk = (open, role, options) => office.desk(open, role, options);
// A new answer, written but not yet published: { questions_fr, questions_en, answer_fr, answer_en }.
export const writeNew = async (page, fields) => {
  await page.goto(`${office.url}/console/new`);
  for (const [id, text] of Object.entries(fields)) await page.fill(`#${id}`, text);
};

// Counts what a person does on a page: keys that are pressed, words that are typed, presses of the mouse, fields that are filled in.
export class Hands {
  keys = 0;
  actions = 0;
  #page;
  #from = performance.now();

  constructor(page) { this.#page = page; }

  async press(key) { this.keys += 1; await this.#page.keyboard.press(key); }
  async type(words) { await this.#page.keyboard.type(words); }
  async click(place) { this.actions += 1; await place.click(); }
  async fill(field, text) { this.actions += 1; await this.#page.fill(field, text); }
  async go(path) { this.actions += 1; await this.#page.goto(office.url + path); }

  // Says what it took. The time is for whoever reads it: machines differ, so nothing depends on it.
  tell(task) {
    console.log(`measured: ${task}: ${this.keys ? `${this.keys} keys besides the words` : `${this.actions} actions`}, ${((performance.now() - this.#from) / 1000).toFixed(1)} s`);
  }
}

// As Excel in French saves it: 500 rows, three of them bad if so wished.
export const sheet = (bad) => '\uFEFFid;entity;property;value;unit;text_en;text_fr;valid_from;valid_to;source;layer;review_by\r\n' + Array.from({ length: 500 }, (_, i) => {
  const n = i + 1;
  const wrong = bad && [7, 250, 499].includes(n);
  return `ciml.activity.${n + 100};ciml;activity;Salle ${n};;"CIML has a room ${n}; it is used.";Le CIML a une salle ${n}.;${wrong ? '31/02/2026' : ''};;seed;public;\r\n`;
}).join('');
